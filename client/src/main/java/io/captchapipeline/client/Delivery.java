package io.captchapipeline.client;

/// An answer that was taken from a [WorkQueue], and is nobody else's until something is said of it, or until the broker
/// has waited for that long enough: 30 s, unless the group is set otherwise.
public final class Delivery implements AutoCloseable {
    private final WorkQueue queue;
    private final Lent lent;

    Delivery(WorkQueue queue, Lent lent) {
        this.queue = queue;
        this.lent = lent;
    }

    public Answer answer() {
        return lent.answer();
    }

    /// How many times this answer was handed out, this time included.
    public int count() {
        return lent.delivery();
    }

    /// Done with it.
    ///
    /// @return false when it took too long, and the broker has given it to somebody else
    public boolean accept() {
        return queue.settle(this, Verdict.ACCEPT);
    }

    /// Not done with it: somebody gets it again.
    public boolean release() {
        return queue.settle(this, Verdict.RELEASE);
    }

    /// Of no use to anybody: nobody gets it again.
    public boolean reject() {
        return queue.settle(this, Verdict.REJECT);
    }

    /// Released, if nothing was said of it.
    @Override
    public void close() {
        queue.giveBack(this);
    }

    Lent lent() {
        return lent;
    }
}
