package io.captchapipeline.kit.settings;

import java.util.List;
import java.util.stream.Collectors;

/// Everything that is wrong with the settings, at once. Ends a start with
/// [io.captchapipeline.kit.ExitCode#CONFIGURATION].
public final class InvalidSettings extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    public InvalidSettings(List<String> problems) {
        super(problems.stream()
                .map(problem -> "  " + problem)
                .collect(Collectors.joining("\n", heading(problems.size()) + "\n", "")));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }

    private static String heading(int count) {
        return count == 1 ? "One setting cannot be used:" : count + " settings cannot be used:";
    }
}
