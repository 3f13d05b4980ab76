package io.captchapipeline.testkit;

import java.io.IOException;
import java.time.Duration;

/// The state of a wire, which every byte must pass.
final class FaultyWire {
    private State state = new Carrying(Duration.ZERO);

    synchronized void cut() {
        become(new Cut());
    }

    synchronized void stall() {
        become(new Stalled());
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

    /// Returns when the wire carries.
    ///
    /// @throws IOException when it is cut
    void pass() throws IOException, InterruptedException {
        var delay = awaitCarrying();
        if (delay.isPositive()) {
            Thread.sleep(delay);
            awaitCarrying();
        }
    }

    private synchronized Duration awaitCarrying() throws IOException, InterruptedException {
        while (true) {
            switch (state) {
                case Carrying(var delay) -> {
                    return delay;
                }
                case Stalled() -> wait();
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

    private record Cut() implements State {}
}
