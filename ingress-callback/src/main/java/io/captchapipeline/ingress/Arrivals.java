package io.captchapipeline.ingress;

import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;

/// The connections of one event loop. One that has brought no whole request for too long is closed, however busily it
/// sends single bytes.
final class Arrivals {
    private final long patience;
    private final IdentityHashMap<HttpConnection, Arrival> open = new IdentityHashMap<>();

    Arrivals(Duration patience) {
        this.patience = patience.toNanos();
    }

    void opened(HttpConnection connection) {
        open.put(connection, new Arrival(System.nanoTime()));
        connection.closeHandler(_ -> open.remove(connection));
    }

    /// A request came whole: the next one has all the time again.
    void arrived(HttpConnection connection) {
        var arrival = open.get(connection);
        if (arrival != null) {
            arrival.last = System.nanoTime();
        }
    }

    void closeTheSlow() {
        long now = System.nanoTime();
        var slow = new ArrayList<HttpConnection>();
        open.forEach((connection, arrival) -> {
            if (now - arrival.last > patience) {
                slow.add(connection);
            }
        });
        slow.forEach(HttpConnection::close);
    }

    private static final class Arrival {
        private long last;

        private Arrival(long last) {
            this.last = last;
        }
    }
}
