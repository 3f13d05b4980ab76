package io.captchapipeline.ingress;

import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.kafka.Publisher;
import io.captchapipeline.schemas.event.CallbackHealth;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;

/// Tells the fleet every few seconds how this instance stands, and so learns of a lost broker without any callback.
final class Heartbeats implements Running {
    private static final long EVERY_MS = 5_000;

    private final Vertx vertx;
    private final CallbackWatch watch;
    private final Publisher<CallbackHealth> publisher;
    private final Clock clock;
    private final String instance;
    private long timer;

    Heartbeats(Vertx vertx, CallbackWatch watch, Publisher<CallbackHealth> publisher, Clock clock, int port) {
        this.vertx = vertx;
        this.watch = watch;
        this.publisher = publisher;
        this.clock = clock;
        this.instance = hostName() + ":" + port;
    }

    @Override
    public void start() {
        beat();
        timer = vertx.setPeriodic(EVERY_MS, _ -> beat());
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
    }

    private void beat() {
        publisher
                .send(watch.heartbeat(instance, clock.instant()))
                .whenComplete((_, problem) -> watch.brokerConfirms(problem == null));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
