package io.captchapipeline.kit.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.kit.Running;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@WithKafka(own = true)
@Timeout(180)
class ThrownIsRetriedAndHealthGoesDownIT {

    private final Set<String> done = ConcurrentHashMap.newKeySet();
    private final AtomicInteger tries = new AtomicInteger();
    private final KafkaCluster kafka;
    private volatile boolean databaseAway = true;
    private Bed bed;

    ThrownIsRetriedAndHealthGoesDownIT(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    @BeforeEach
    void open() {
        bed = Bed.with(kafka.bootstrapServers(), 1);
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void through_restarts_of_loop_and_broker_it_is_retried_until_it_gets_through() throws Exception {
        bed.write("k-1", "needs the database");
        bed.write("k-2", "does not");
        var first = started(this::handle);
        awaitTries(3);
        assertDown(first);
        assertThat(done).containsExactly("does not");
        first.close();
        assertThat(Bed.health(first).up()).isTrue();

        var second = started(this::handle);
        awaitTries(5);
        kafka.stop();
        kafka.start();
        assertDown(second);
        databaseAway = false;

        await().atMost(Bed.PATIENCE).until(() -> done.contains("needs the database"));
        await().atMost(Bed.PATIENCE).until(() -> bed.committedSum() == 2);
        assertThat(Bed.health(second).up()).isTrue();
        second.close();
    }

    @Test
    void who_asks_for_time_waits_and_health_stays_up() throws Exception {
        bed.write("k-1", "needs time");
        bed.write("k-2", "does not");
        var loop = started(received -> {
            if (Bed.id(received).equals("needs time") && tries.incrementAndGet() < 4) {
                return Handled.retryAfter(Duration.ofMillis(100));
            }
            done.add(Bed.id(received));
            return Handled.done();
        });

        awaitTries(2);
        assertThat(Bed.health(loop).up()).isTrue();
        await().atMost(Bed.PATIENCE).until(() -> done.size() == 2);
        assertThat(tries).hasValue(4);
        loop.close();
    }

    private Running started(Handler<Result> handler) {
        var loop = bed.consumer(handler, ConsumeLimits.DEFAULT);
        loop.start();
        return loop;
    }

    private Handled handle(Received<Result> received) {
        var id = Bed.id(received);
        if (id.equals("needs the database") && databaseAway) {
            tries.incrementAndGet();
            throw new IllegalStateException("the secret is 42");
        }
        done.add(id);
        return Handled.done();
    }

    /// It names the loop and the kind of trouble, and nothing else.
    private void assertDown(Running loop) {
        await().atMost(Bed.PATIENCE).until(() -> !Bed.health(loop).up());
        assertThat(loop.checks().getFirst().name()).isEqualTo(bed.group());
        assertThat(Bed.health(loop).data())
                .containsEntry("reason", "its records are retried: IllegalStateException")
                .containsEntry("records_retried", 1)
                .containsEntry("topic", bed.topic.name());
    }

    private void awaitTries(int count) {
        await().atMost(Bed.PATIENCE).until(() -> tries.get() >= count);
    }
}
