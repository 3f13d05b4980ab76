package io.captchapipeline.testkit;

import io.captchapipeline.testkit.FaultyWire.Way;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A wire that can be cut: listens on 127.0.0.1 and carries bytes to and from another port there, or several by turns.
///
/// It may listen before there is anything to carry to, so that a broker can be told to advertise it.
public final class FaultProxy implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final int CHUNK = 64 * 1024;

    private final ServerSocket listener;
    private final FaultyWire wire = new FaultyWire();
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final Set<Socket> callers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turn = new AtomicInteger();
    private volatile List<Integer> targets = List.of();

    private FaultProxy(ServerSocket listener) {
        this.listener = listener;
    }

    /// Listens on a free port; connections are closed until [#carryTo] says where to.
    public static FaultProxy listen() {
        try {
            var proxy = new FaultProxy(new ServerSocket(0, 0, LOOPBACK));
            Thread.ofVirtual().name("fault-proxy").start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// By turns, each connection to the next that listens.
    public FaultProxy carryTo(Integer... ports) {
        targets = List.of(ports);
        return this;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /// Ends every connection, and every new one as soon as it is made.
    public void cut() {
        wire.cut();
        open.forEach(FaultProxy::shut);
    }

    /// Takes connections and bytes, and passes nothing on until restored. Nothing of it is lost.
    public void stall() {
        wire.stall();
    }

    /// Passes on what is asked, and takes every reply without passing it on until restored: what was done is not heard
    /// of. Nothing of it is lost.
    public void stallReplies() {
        wire.stallReplies();
    }

    /// Passes everything on so much later, piece by piece.
    public void delay(Duration by) {
        wire.delay(by);
    }

    /// Says to everyone who is connected that nothing more will come, and goes on carrying what they say.
    public void halfClose() {
        callers.forEach(FaultProxy::shutOutput);
    }

    /// Carries at once again, also what a stall kept.
    public void restore() {
        wire.restore();
    }

    @Override
    public void close() {
        shut(listener);
        cut();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                Thread.ofVirtual().name("fault-proxy-connection").start(() -> connect(client));
            } catch (IOException _) {
                // Closed, or a client that was gone already.
            }
        }
    }

    /// Carries the one way on a thread of its own and the other way here, until either side ends.
    private void connect(Socket client) {
        open.add(client);
        callers.add(client);
        try (client;
                var server = wire.isCut() ? null : reached()) {
            if (server == null) {
                return;
            }
            open.add(server);
            var there = Thread.ofVirtual().name("fault-proxy-there").start(() -> carry(client, server, Way.THERE));
            carry(server, client, Way.BACK);
            there.join();
        } catch (IOException _) {
            // Nobody listens there: the client sees its connection end.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
            callers.remove(client);
        }
    }

    private @Nullable Socket reached() {
        var ports = targets;
        for (var tried = 0; tried < ports.size(); tried++) {
            var port = ports.get(Math.floorMod(turn.getAndIncrement(), ports.size()));
            try {
                return new Socket(LOOPBACK, port);
            } catch (IOException _) {
                // Nobody listens there: the next one's turn.
            }
        }
        return null;
    }

    private void carry(Socket from, Socket to, Way way) {
        var chunk = new byte[CHUNK];
        try (from;
                to) {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (var length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                wire.pass(way);
                out.write(chunk, 0, length);
            }
        } catch (IOException _) {
            // One side is gone; closing both tells the other.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(to);
        }
    }

    private static void shutOutput(Socket socket) {
        try {
            socket.shutdownOutput();
        } catch (IOException _) {
            // It is gone already.
        }
    }

    private static void shut(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
