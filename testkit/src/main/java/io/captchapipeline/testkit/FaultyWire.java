package io.captchapipeline.testkit;

import java.io.IOException;
import java.time.Duration;

/// The state of a wire, which every byte must pass.
final class FaultyWire {
    /// From the one who called, or back to it.
    enum Way {
        THERE,
        BACK
    }

    private State state = new Carrying(Duration.ZERO);

    synchronized void cut() {
        become(new Cut());
    }

    synchronized void stall() {
        become(new Stalled());
    }

    synchronized void stallReplies() {
        become(new RepliesStalled());
    }

    synchronized void delay(Duration by) {
        become(new Carrying(by));
    }

    synchronized void restore() {
        become(new Carrying(Duration.ZERO));
    }

    synchronized boolean isCut() {
        return state instanceof Cut;
    }

    /// Returns when the wire carries that way.
    ///
    /// @throws IOException when it is cut
    void pass(Way way) throws IOException, InterruptedException {
        var delay = awaitCarrying(way);
        if (delay.isPositive()) {
            Thread.sleep(delay);
            awaitCarrying(way);
        }
    }

    private synchronized Duration awaitCarrying(Way way) throws IOException, InterruptedException {
        while (true) {
            switch (state) {
                case Carrying(var delay) -> {
                    return delay;
                }
                case Stalled() -> wait();
                case RepliesStalled() -> {
                    if (way == Way.THERE) {
                        return Duration.ZERO;
                    }
                    wait();
                }
                case Cut() -> throw new IOException("cut");
            }
        }
    }

    private void become(State next) {
        state = next;
        notifyAll();
    }

    private sealed interface State {}

    private record Carrying(Duration delay) implements State {}

    private record Stalled() implements State {}

    private record RepliesStalled() implements State {}

    private record Cut() implements State {}
}
