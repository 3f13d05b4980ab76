package io.captchapipeline.kit;

import org.jspecify.annotations.Nullable;

/// Why a process cannot start, in a sentence that says what to do. Ends it with [ExitCode#FAILURE].
public final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StartFailure(String message) {
        this(message, null);
    }

    public StartFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
