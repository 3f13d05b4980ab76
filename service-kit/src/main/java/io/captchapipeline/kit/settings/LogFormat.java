package io.captchapipeline.kit.settings;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;

/// How logs look: lines for people, or ECS JSON for machines.
public enum LogFormat {
    TEXT,
    JSON;

    /// What suits whoever reads this process's output.
    public static LogFormat ofProcess() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent() ? TEXT : JSON;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
