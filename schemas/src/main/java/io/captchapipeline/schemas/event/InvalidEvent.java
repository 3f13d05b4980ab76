package io.captchapipeline.schemas.event;

/// An event that may not exist. The message names the field and the rule, never a value.
public final class InvalidEvent extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public InvalidEvent(String message) {
        super(message);
    }
}
