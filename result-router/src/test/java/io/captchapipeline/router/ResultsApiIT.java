package io.captchapipeline.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.schemas.event.Admitted;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The results API of two instances, which share the partitions: whichever is asked answers.
@WithKafka(own = true)
class ResultsApiIT {
    /// Enough for some of them to lie with either instance.
    private static final int IDS = 24;

    @TempDir
    private static Path data;

    private static Pipe pipe;
    private static TestRouter one;
    private static TestRouter other;

    @BeforeAll
    static void start(KafkaCluster cluster) {
        Pipe.createTopics(cluster);
        pipe = new Pipe(cluster);
        one = TestRouter.start(cluster, data.resolve("one"));
        other = TestRouter.start(cluster, data.resolve("other"));
        await().atMost(TestRouter.PATIENCE)
                .untilAsserted(
                        () -> assertThat(other.metrics()).containsPattern("captcha_streams_running\\{.*\\} 1.0"));
        await().atMost(TestRouter.PATIENCE)
                .until(() -> statuses(one, "unseen").stream().allMatch(status -> status == 404));
        await().atMost(TestRouter.PATIENCE)
                .until(() -> statuses(other, "unseen").stream().allMatch(status -> status == 404));
    }

    @AfterAll
    static void stop() {
        other.close();
        one.close();
        pipe.close();
    }

    @Test
    void any_instance_tells_outcomes_pending_and_unknown_ids_of_all_partitions() {
        var admitted = admitted("told");
        assertThat(statuses(one, "told")).containsOnly(202);
        assertThat(statuses(other, "told")).containsOnly(202);

        admitted.forEach(each -> pipe.solved(each, "task-" + each.requestId(), "token"));

        await().atMost(TestRouter.PATIENCE)
                .untilAsserted(() -> assertThat(statuses(one, "told")).containsOnly(200));
        assertThat(statuses(other, "told")).containsOnly(200);
        var body = new JsonObject(one.get("/results/told-3").body());
        assertThat(body.getString("status")).isEqualTo("solved");
        assertThat(body.getString("solution")).isEqualTo("token");
    }

    @Test
    void a_task_is_as_good_an_id_as_its_request() {
        var admitted = admitted("aliased");
        admitted.forEach(each -> pipe.taken(each, "t" + each.requestId()));
        admitted.forEach(each -> pipe.solved(each, "t" + each.requestId(), "token"));

        await().atMost(TestRouter.PATIENCE)
                .untilAsserted(() -> assertThat(statuses(one, "taliased")).containsOnly(200));
        assertThat(statuses(other, "taliased")).containsOnly(200);
        assertThat(new JsonObject(other.get("/results/taliased-1").body()).getString("request_id"))
                .isEqualTo("aliased-1");
    }

    @Test
    void whoever_waits_is_told_as_soon_as_it_is_there_wherever_that_is() {
        var answers = new ArrayList<CompletableFuture<Integer>>();
        for (int i = 0; i < IDS; i++) {
            var asked = i % 2 == 0 ? one : other;
            answers.add(asked.getting("/results/waited-" + i + "?wait=40s").thenApply(answer -> answer.statusCode()));
        }

        admitted("waited").forEach(each -> pipe.solved(each, "task-" + each.requestId(), "token"));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(200));
    }

    @Test
    void several_are_told_together_each_as_it_stands_when_the_wait_ends() {
        var admitted = admitted("many");
        admitted.stream().limit(1).forEach(each -> pipe.solved(each, "task-" + each.requestId(), "token"));
        var done = admitted.getFirst().requestId().value();
        var open = admitted.getLast().requestId().value();

        await().atMost(TestRouter.PATIENCE).untilAsserted(() -> {
            var answer = other.get("/results?ids=" + done + "," + open + ",never&wait=200ms");
            assertThat(answer.statusCode()).isEqualTo(200);
            var results = new JsonObject(answer.body()).getJsonObject("results");
            assertThat(results.getJsonObject(done).getString("solution")).isEqualTo("token");
            assertThat(results.getJsonObject(open)).isEqualTo(new JsonObject().put("status", "pending"));
            assertThat(results.getJsonObject("never")).isEqualTo(new JsonObject().put("status", "unknown"));
        });
    }

    private static List<Admitted> admitted(String prefix) {
        for (int i = 0; i < IDS; i++) {
            pipe.submit(null, prefix + i, Pipe.request(prefix + "-" + i, 120));
        }
        pipe.flush();
        return await().atMost(TestRouter.PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> pipe.admitted().stream()
                                .filter(each -> each.requestId().value().startsWith(prefix + "-"))
                                .toList(),
                        all -> all.size() == IDS);
    }

    private static List<Integer> statuses(TestRouter asked, String prefix) {
        return IntStream.range(0, IDS).mapToObj(i -> asked.getting("/results/" + prefix + "-" + i)).toList().stream()
                .map(answer -> answer.join().statusCode())
                .toList();
    }
}
