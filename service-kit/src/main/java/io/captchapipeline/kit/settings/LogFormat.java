package io.captchapipeline.kit.settings;

import java.util.Locale;

/// How logs look: lines for people, or ECS JSON for machines.
public enum LogFormat {
    TEXT,
    JSON;

    /// What suits whoever reads this process's output.
    public static LogFormat ofProcess() {
        var console = System.console();
        return console != null && console.isTerminal() ? TEXT : JSON;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
