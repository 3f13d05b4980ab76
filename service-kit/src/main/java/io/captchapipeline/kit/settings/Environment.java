package io.captchapipeline.kit.settings;

import java.util.Map;

/// Where settings come from: the process's environment variables and, behind them, what the process that starts the
/// services gives them (its own broker's address, the secrets it generated).
///
/// @param standalone all services in one JVM, as `./captcha up` runs them
public record Environment(Map<String, String> variables, Map<String, String> given, boolean standalone) {

    public Environment {
        variables = Map.copyOf(variables);
        given = Map.copyOf(given);
    }

    public static Environment ofProcess() {
        return of(System.getenv());
    }

    public static Environment of(Map<String, String> variables) {
        return new Environment(variables, Map.of(), false);
    }

    public Environment giving(Map<String, String> values) {
        return new Environment(variables, values, standalone);
    }

    public Environment standalone(boolean together) {
        return new Environment(variables, given, together);
    }

    /// Names only: values may be secrets.
    @Override
    public String toString() {
        return "Environment" + variables.keySet();
    }
}
