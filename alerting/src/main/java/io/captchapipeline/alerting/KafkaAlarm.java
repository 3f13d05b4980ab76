package io.captchapipeline.alerting;

import io.captchapipeline.alerting.judge.KafkaWatch;
import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.ServiceContext;
import io.captchapipeline.schemas.event.Alert;
import io.vertx.core.Vertx;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks whether Kafka answers, and tells without it when it does not.
final class KafkaAlarm implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaAlarm.class);
    private static final long EVERY_MS = 1_000;

    private final ServiceContext context;
    private final Vertx vertx;
    private final KafkaWatch watch;
    private final Channels channels;
    private final Board board;
    private final String instance;
    private long timer;

    KafkaAlarm(ServiceContext context, KafkaWatch watch, Channels channels, Board board, String instance) {
        this.context = context;
        this.vertx = context.vertx();
        this.watch = watch;
        this.channels = channels;
        this.board = board;
        this.instance = instance;
    }

    @Override
    public void start() {
        timer = vertx.setPeriodic(EVERY_MS, _ -> look());
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
    }

    void look() {
        var reach = context.kafka();
        Instant awaySince = reach.reachable() ? null : reach.since();
        watch.look(context.clock().instant(), awaySince).ifPresent(this::tell);
    }

    private void tell(Alert alert) {
        LOG.atWarn()
                .addKeyValue("alert", alert.alert().wire())
                .addKeyValue("state", alert.state().wire())
                .log("Told directly");
        board.alert(alert);
        channels.tellDirectly(alert, instance);
    }
}
