package io.captchapipeline.kit.kafka;

import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.health.Health;
import io.captchapipeline.kit.health.HealthCheck;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the brokers every few seconds whether they are there, so that whoever wants to know need not wait.
public final class KafkaCheck implements Running {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaCheck.class);

    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final int PATIENCE_MS = 4000;

    private final ScheduledExecutorService asking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("kafka-check").factory());
    private final KafkaClients clients;
    private final Clock clock;
    private final CountDownLatch answered = new CountDownLatch(1);
    private @Nullable Admin admin;
    private volatile Answer last;

    private record Answer(boolean reachable, int brokers, Instant since) {}

    public KafkaCheck(KafkaClients clients, Clock clock) {
        this.clients = clients;
        this.clock = clock;
        this.last = new Answer(false, 0, clock.instant());
    }

    @Override
    public void start() {
        var asked = Admin.create(clients.admin(Map.of(
                AdminClientConfig.CLIENT_ID_CONFIG, "captcha-health",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS)));
        admin = asked;
        var _ = asking.scheduleWithFixedDelay(() -> ask(asked), 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Returns when it is known for the first time whether brokers are there.
    public void awaitAnswer() {
        try {
            var _ = answered.await(2L * PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<HealthCheck> checks() {
        return List.of(new HealthCheck("kafka", this::health));
    }

    /// As it was when the brokers were last asked, a few seconds ago at the most.
    public KafkaReach reach() {
        var answer = last;
        return new KafkaReach(answer.reachable, answer.since);
    }

    @Override
    public void close() {
        asking.shutdownNow();
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    private Health health() {
        var answer = last;
        var health = answer.reachable ? Health.ofUp() : Health.down("no answer");
        return health.with("brokers", answer.brokers).with("since", answer.since.toString());
    }

    private void ask(Admin asked) {
        try {
            tell(true, asked.describeCluster().nodes().get().size());
        } catch (ExecutionException | RuntimeException e) {
            tell(false, 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(boolean reachable, int brokers) {
        var before = last;
        var changed = before.reachable != reachable;
        last = new Answer(reachable, brokers, changed ? clock.instant() : before.since);
        answered.countDown();
        if (changed) {
            (reachable ? LOG.atInfo() : LOG.atWarn())
                    .addKeyValue("servers", clients.servers())
                    .log(reachable ? "Kafka is reachable" : "Kafka is not reachable");
        }
    }
}
