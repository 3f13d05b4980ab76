package io.captchapipeline.broker;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Ports for servers that start later, or again: free, each given once, and below those that systems hand out to
/// whoever connects or asks for any port.
public final class FreePort {
    /// The first port that systems hand out: Linux from 32768, others from 49152.
    static final int HANDED_OUT = 32_768;

    static final int FIRST = 20_000;
    private static final int COUNT = HANDED_OUT - FIRST;
    private static final AtomicInteger TURN =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private FreePort() {}

    public static int next() {
        for (int tried = 0; tried < COUNT; tried++) {
            int port = FIRST + Math.floorMod(TURN.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port from " + FIRST + " to " + (HANDED_OUT - 1));
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
