package io.captchapipeline.submitter;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// The right to post one task now.
final class Permit implements Grant {
    private final AtomicBoolean isPosting = new AtomicBoolean(true);
    private final AtomicBoolean isGiven = new AtomicBoolean(true);
    private final AtomicInteger posting;
    private final AtomicInteger given;

    Permit(AtomicInteger posting, AtomicInteger given) {
        this.posting = posting;
        this.given = given;
        posting.incrementAndGet();
        given.incrementAndGet();
    }

    /// The solver has answered: another may be posted.
    void answered() {
        if (isPosting.compareAndSet(true, false)) {
            posting.decrementAndGet();
        }
    }

    /// All is done.
    void release() {
        answered();
        if (isGiven.compareAndSet(true, false)) {
            given.decrementAndGet();
        }
    }
}
