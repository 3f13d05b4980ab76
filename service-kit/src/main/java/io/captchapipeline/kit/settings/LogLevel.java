package io.captchapipeline.kit.settings;

/// How much is logged.
public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR
}
