package io.captchapipeline.router.ledger;

/// Bytes that are no entry or no link. The message repeats none of them.
public final class UnreadableBytes extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableBytes(String message) {
        super(message);
    }
}
