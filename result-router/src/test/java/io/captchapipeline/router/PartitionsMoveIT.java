package io.captchapipeline.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Partitions go from an instance that was killed to one that lives.
@WithKafka(own = true)
class PartitionsMoveIT {
    private static final int IDS = 24;
    private static final Pattern PENDING_HERE = Pattern.compile("(?m)^captcha_pending(?:\\{[^}]*\\})? (\\d+)\\.");

    @TempDir
    private Path data;

    @Test
    void while_partitions_move_the_caller_shall_come_again_and_is_never_told_that_an_id_is_unknown(
            KafkaCluster cluster) {
        Pipe.createTopics(cluster);
        try (var pipe = new Pipe(cluster);
                var survivor = TestRouter.start(cluster, data.resolve("survivor"));
                var victim = TestRouter.child(cluster, data.resolve("victim"))) {
            IntStream.range(0, IDS).forEach(i -> pipe.submit(null, "k" + i, Pipe.request("r-" + i, 600)));
            pipe.flush();
            await().atMost(TestRouter.PATIENCE).until(() -> pipe.admitted().size() == IDS);
            await().atMost(TestRouter.PATIENCE).until(() -> isShared(survivor));

            victim.kill();

            var during = answers(survivor);
            assertThat(during)
                    .extracting(HttpResponse::statusCode)
                    .contains(503)
                    .isSubsetOf(202, 503);
            assertThat(during)
                    .filteredOn(answer -> answer.statusCode() == 503)
                    .allSatisfy(answer -> assertThat(answer.headers().firstValue("Retry-After"))
                            .isPresent());
            await().atMost(TestRouter.PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        var now = answers(survivor);
                        assertThat(now).extracting(HttpResponse::statusCode).isSubsetOf(202, 503);
                        return now.stream().allMatch(answer -> answer.statusCode() == 202);
                    });
            assertThat(pendingAt(survivor)).isEqualTo(IDS);
        }
    }

    private static boolean isShared(TestRouter router) {
        int here = pendingAt(router);
        return here > 0 && here < IDS && answers(router).stream().allMatch(answer -> answer.statusCode() == 202);
    }

    private static List<HttpResponse<String>> answers(TestRouter router) {
        return IntStream.range(0, IDS).mapToObj(i -> router.getting("/results/r-" + i)).toList().stream()
                .map(answer -> answer.join())
                .toList();
    }

    private static int pendingAt(TestRouter router) {
        var found = PENDING_HERE.matcher(router.metrics());
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }
}
