package io.captchapipeline.kit.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Stands between clients and a broker on this machine: lets bytes through, holds them back, or is not there.
final class Gate implements AutoCloseable {

    private enum State {
        OPEN,
        HELD,
        GONE
    }

    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ServerSocket server;
    private volatile int target;
    private State state = State.OPEN;

    Gate() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void leadTo(int port) {
        target = port;
    }

    void hold() {
        become(State.HELD);
    }

    void open() {
        become(State.OPEN);
    }

    void goAway() {
        become(State.GONE);
        sockets.forEach(Gate::closeQuietly);
    }

    @Override
    public void close() throws IOException {
        goAway();
        server.close();
    }

    private void become(State next) {
        lock.lock();
        try {
            state = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean mayPass() throws InterruptedException {
        lock.lock();
        try {
            while (state == State.HELD) {
                changed.await();
            }
            return state == State.OPEN;
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                if (mayPass()) {
                    var broker = new Socket(InetAddress.getLoopbackAddress(), target);
                    sockets.add(client);
                    sockets.add(broker);
                    Thread.ofVirtual().start(() -> pump(client, broker));
                    Thread.ofVirtual().start(() -> pump(broker, client));
                } else {
                    client.close();
                }
            } catch (IOException e) {
                // The client is told by its connection's end.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void pump(Socket from, Socket to) {
        var buffer = new byte[64 * 1024];
        try {
            for (var count = from.getInputStream().read(buffer);
                    count >= 0 && mayPass();
                    count = from.getInputStream().read(buffer)) {
                to.getOutputStream().write(buffer, 0, count);
            }
        } catch (IOException | InterruptedException e) {
            // Either end is gone; so is the other then.
        }
        closeQuietly(from);
        closeQuietly(to);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more.
        }
    }
}
