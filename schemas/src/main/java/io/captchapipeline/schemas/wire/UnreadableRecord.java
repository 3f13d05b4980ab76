package io.captchapipeline.schemas.wire;

/// A record that is not the event its topic promises. The message says where and why, and repeats no value.
public final class UnreadableRecord extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableRecord(String message) {
        super(message);
    }
}
