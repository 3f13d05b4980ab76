package io.captchapipeline.kit;

/// What a process of ours ends with.
public final class ExitCode {

    public static final int OK = 0;
    public static final int FAILURE = 1;
    public static final int USAGE = 2;
    public static final int CONFIGURATION = 78;

    private ExitCode() {}
}
