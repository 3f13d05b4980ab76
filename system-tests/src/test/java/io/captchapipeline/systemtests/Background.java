package io.captchapipeline.systemtests;

/// Something that is done on a thread of its own, from its start until it is over.
final class Background {
    private final Thread thread;
    private volatile boolean over;

    /// @param work looks whether it is over, and returns then
    Background(String name, Runnable work) {
        thread = Thread.ofPlatform().name(name).unstarted(work);
    }

    void start() {
        thread.start();
    }

    boolean isOver() {
        return over;
    }

    void end() {
        over = true;
    }

    /// Returns when the thread has ended.
    void endAndWait() {
        end();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
