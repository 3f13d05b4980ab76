package io.captchapipeline.alerting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.broker.FreePort;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.testkit.ChildJvm;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@WithKafka(own = true)
@Timeout(240)
class FiguresSurviveIT {
    @TempDir
    private Path directory;

    @Test
    void neither_a_kill_nor_an_absence_makes_a_delivered_task_a_missed_one(KafkaCluster kafka) {
        var deployment = new Deployment(kafka, directory, Map.of());
        int port = FreePort.next();
        List<Instant> submitted;
        try (var alerting = ChildJvm.start(Alerting.class, deployment.environment("one", port))) {
            deployment.callBack(0, 100);
            deployment.submit(0, 300);
            awaitSinceStart(port, 100, 200);
            submitted = deployment.submit(1_000, 1_500);
            alerting.kill();
        }
        var called = deployment.callBack(1_000, 1_400);
        Deployment.awaitTime(
                submitted.getLast().plus(Deployment.DELIVERY_TIMEOUT).plusSeconds(1));
        long inTime = IntStream.range(0, called.size())
                .filter(i -> !called.get(i).isAfter(submitted.get(i).plus(Deployment.DELIVERY_TIMEOUT)))
                .count();

        try (var _ = ChildJvm.start(Alerting.class, deployment.environment("one", port))) {
            awaitSinceStart(port, 100 + inTime, 200 + 500 - inTime);

            assertThat(delivery(port).getLong("pending")).isZero();
            assertThat(delivery(port).getJsonArray("missed_task_ids")).hasSize(10);
            for (var topic : new String[] {Topics.ALERTING_FIGURES.name(), Topics.DELIVERY.name()}) {
                assertThat(kafka.readAll(topic))
                        .noneMatch(found -> new String(found.value(), UTF_8).contains(Deployment.TOKEN_OF_A_TASK));
            }
        }
    }

    private static void awaitSinceStart(int port, long delivered, long missed) {
        await().atMost(Deployment.PATIENCE).ignoreExceptions().untilAsserted(() -> {
            var total = delivery(port).getJsonObject("since_start");
            assertThat(total.getLong("delivered")).isEqualTo(delivered);
            assertThat(total.getLong("missed")).isEqualTo(missed);
        });
    }

    private static JsonObject delivery(int port) {
        try {
            return Deployment.get(port, "/delivery");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
