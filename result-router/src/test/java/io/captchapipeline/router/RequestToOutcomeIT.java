package io.captchapipeline.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.schemas.event.Admitted;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Wire;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import io.captchapipeline.testkit.promise.NothingIsStuck;
import io.captchapipeline.testkit.promise.Origin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a router makes of requests, on a real broker.
@WithKafka(own = true)
class RequestToOutcomeIT {
    private static final String ROUTE = "login";

    @TempDir
    private static Path data;

    private static Pipe pipe;
    private static TestRouter router;

    @BeforeAll
    static void start(KafkaCluster cluster) {
        Pipe.createTopics(cluster, ROUTE);
        pipe = new Pipe(cluster);
        router = TestRouter.start(cluster, data, Map.of("ROUTES", ROUTE));
    }

    @AfterAll
    static void stop() {
        router.close();
        pipe.close();
    }

    @Test
    void a_request_that_is_answered_has_one_outcome_with_all_that_is_known() {
        pipe.submit(null, "a", Pipe.request("r-flow", 60));
        var admitted = admitted("r-flow");
        pipe.taken(admitted, "task-flow");
        pipe.solved(admitted, "task-flow", "token");

        var record = outcomeRecord(Topics.SOLVED, "r-flow");

        var outcome = (Outcome.Solved) Wire.decode(Topics.SOLVED, record.value());
        assertThat(outcome.taskId()).hasToString("task-flow");
        assertThat(outcome.solution().text()).isEqualTo("token");
        assertThat(outcome.method()).hasToString("userrecaptcha");
        assertThat(outcome.attempts()).isEqualTo(1);
        assertThat(outcome.metadata()).containsEntry("job", "r-flow");
        assertThat(outcome.expiresAt()).isAfter(outcome.receivedAt());
        assertThat(record.key()).isEqualTo("r-flow".getBytes(UTF_8));
        assertThat(Pipe.header(record, "status")).isEqualTo("solved");
        assertThat(Pipe.header(record, "task_id")).isEqualTo("task-flow");
        assertThat(Pipe.header(record, "ce_type")).isEqualTo("io.captchapipeline.outcome.solved");
        assertThat(record.partition()).isEqualTo(partitionOf(Topics.ADMITTED, "r-flow"));
    }

    /// Larger in any other way of writing it than the broker takes.
    @Test
    void an_image_of_emoji_passes_and_so_does_what_comes_behind_it() {
        var emoji = "\uD83D\uDE00".repeat(700_000);
        pipe.submit(null, "r-emoji", Pipe.request("r-emoji", 600).replace("k-r-emoji", emoji));
        pipe.submit(null, "r-emoji", Pipe.request("r-behind", 600));

        assertThat(admitted("r-emoji").params().values()).containsEntry("googlekey", emoji);
        assertThat(admitted("r-behind").attempt()).isOne();
    }

    @Test
    void a_request_under_three_keys_and_two_partitioners_is_admitted_once() {
        var value = Pipe.request("r-thrice", 60);
        for (var key : List.of("site-a", "site-b", "r-thrice")) {
            pipe.submit(null, key, value);
            pipe.submit(Pipe.crc32(key), key, value);
        }
        pipe.submit(null, null, value);

        await().atMost(TestRouter.PATIENCE)
                .untilAsserted(() -> assertThat(router.metrics())
                        .contains("captcha_ledger_counted_total{what=\"repeated_request\"} 6.0"));
        assertThat(pipe.admitted())
                .filteredOn(admitted -> admitted.requestId().value().equals("r-thrice"))
                .hasSize(1);
    }

    @Test
    void a_request_of_nearly_three_mebibytes_passes_all_the_way() {
        var image = "A".repeat(3 * 1024 * 1024 - 1024);
        pipe.submit(
                null,
                "image",
                "{\"request_id\":\"r-large\",\"method\":\"base64\",\"params\":{\"body\":\"" + image + "\"}}");

        assertThat(admitted("r-large").params().values()).containsEntry("body", image);
    }

    @Test
    void the_outcome_of_a_route_is_on_the_routes_topic_and_nowhere_else() {
        pipe.submit(
                null,
                "r-route",
                "{\"request_id\":\"r-route\",\"method\":\"turnstile\",\"params\":{\"json\":\"1\"},\"route\":\"login\"}");

        var outcome = (Outcome.Failed) Wire.decode(
                Topics.FAILED,
                outcomeRecord(Topics.FAILED.forRoute(new Route(ROUTE)), "r-route")
                        .value());

        assertThat(outcome.error()).isEqualTo("INVALID_REQUEST");
        assertThat(pipe.outcomesOf("r-route")).isEmpty();
    }

    @Test
    void a_silent_task_ends_at_its_deadline() {
        pipe.submit(null, "r-silent", Pipe.request("r-silent", 2));
        pipe.taken(admitted("r-silent"), "task-silent");

        await().atMost(TestRouter.PATIENCE)
                .untilAsserted(() -> assertThat(pipe.outcomesOf("r-silent"))
                        .singleElement()
                        .isInstanceOfSatisfying(
                                Outcome.Failed.class,
                                failed -> assertThat(failed.error()).isEqualTo("TIMEOUT")));
    }

    @Test
    void poison_on_any_input_is_a_dead_letter_and_delays_nobody() {
        var promise = new NothingIsStuck();
        var poison = "not json".getBytes(UTF_8);
        for (var topic :
                List.of(Topics.SUBMIT, Topics.SUBMITTED, Topics.ATTEMPTS, Topics.RESULTS, Topics.CLOCK, Topics.LINKS)) {
            for (int partition = 0; partition < Pipe.PARTITIONS; partition++) {
                var at = Pipe.confirmed(pipe.raw(topic, partition, "poison", poison));
                promise.poison(Origin.of(at), poison);
            }
        }
        for (int i = 0; i < 12; i++) {
            promise.good("r-behind-" + i);
            pipe.submit(null, "behind-" + i, Pipe.request("r-behind-" + i, 60));
        }

        for (int i = 0; i < 12; i++) {
            promise.cameThrough(admitted("r-behind-" + i).requestId().value());
        }
        await().atMost(TestRouter.PATIENCE)
                .until(() -> pipe.records(Topics.DEAD_LETTERS).size() >= 36);
        promise.deadLetters(pipe.records(Topics.DEAD_LETTERS));
        promise.verify();
    }

    @Test
    void poison_as_large_as_its_topic_takes_delays_nobody() {
        var largest = new byte[4 * 1024 * 1024 - 200];
        var at = Pipe.confirmed(pipe.raw(Topics.RESULTS, 0, "k", largest));
        for (int i = 0; i < 12; i++) {
            pipe.submit(i % Pipe.PARTITIONS, null, Pipe.request("r-behind-large-" + i, 60));
        }

        for (int i = 0; i < 12; i++) {
            admitted("r-behind-large-" + i);
        }
        var letter = await().atMost(TestRouter.PATIENCE)
                .until(
                        () -> pipe.records(Topics.DEAD_LETTERS).stream()
                                .filter(record -> Pipe.header(record, "dlq.left_bytes") != null)
                                .toList(),
                        letters -> !letters.isEmpty())
                .getFirst();
        assertThat(letter.value()).isNull();
        assertThat(Pipe.header(letter, "dlq.topic")).isEqualTo(Topics.RESULTS.name());
        assertThat(Pipe.header(letter, "dlq.offset")).isEqualTo(Long.toString(at.offset()));
    }

    private static Admitted admitted(String id) {
        return await().atMost(TestRouter.PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> pipe.admitted().stream()
                                .filter(admitted -> admitted.requestId().value().equals(id))
                                .toList(),
                        found -> !found.isEmpty())
                .getFirst();
    }

    private static ConsumerRecord<byte[], byte[]> outcomeRecord(Topic<?> topic, String id) {
        return await().atMost(TestRouter.PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> pipe.records(topic).stream()
                                .filter(record -> Pipe.requestId(record).equals(id))
                                .toList(),
                        found -> !found.isEmpty())
                .getFirst();
    }

    private static int partitionOf(Topic<?> topic, String id) {
        return pipe.records(topic).stream()
                .filter(record -> Pipe.requestId(record).equals(id))
                .findFirst()
                .orElseThrow()
                .partition();
    }
}
