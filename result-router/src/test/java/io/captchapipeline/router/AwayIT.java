package io.captchapipeline.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.schemas.event.Admitted;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.Status;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Time passes while no router runs, and the log fills.
@WithKafka(own = true)
class AwayIT {
    private static final int ANSWERED = 2_000;
    private static final int SILENT = 50;
    private static final int TIMEOUT_SECONDS = 20;

    @TempDir
    private Path data;

    @Test
    void what_was_answered_while_the_router_was_away_is_solved_and_only_the_silent_time_out(KafkaCluster cluster) {
        Pipe.createTopics(cluster);
        try (var pipe = new Pipe(cluster)) {
            var admitted = takenAndLeft(cluster, pipe);
            admitted.stream()
                    .limit(ANSWERED)
                    .forEach(each -> pipe.solved(each, task(each), "token-" + each.requestId()));
            pipe.flush();
            awaitPast(admitted.stream()
                    .map(Admitted::deadline)
                    .max(Comparator.naturalOrder())
                    .orElseThrow());

            var started = System.nanoTime();
            try (var _ = TestRouter.start(cluster, data)) {
                await().atMost(TestRouter.PATIENCE)
                        .pollInterval(Duration.ofMillis(200))
                        .until(() -> pipe.outcomes().size() >= ANSWERED + SILENT);
            }
            System.out.println("## from start to the last of " + (ANSWERED + SILENT) + " outcomes: "
                    + Duration.ofNanos(System.nanoTime() - started).toMillis() + " ms");

            var byStatus =
                    pipe.outcomes().stream().collect(Collectors.groupingBy(Outcome::status, Collectors.counting()));
            assertThat(byStatus).containsEntry(Status.SOLVED, (long) ANSWERED).containsEntry(Status.FAILED, (long)
                    SILENT);
            assertThat(pipe.outcomes())
                    .filteredOn(Outcome.Failed.class::isInstance)
                    .allSatisfy(failed ->
                            assertThat(((Outcome.Failed) failed).error()).isEqualTo("TIMEOUT"));
        }
    }

    /// Requests that the solver took; then the router is stopped.
    private List<Admitted> takenAndLeft(KafkaCluster cluster, Pipe pipe) {
        try (var _ = TestRouter.start(cluster, data)) {
            for (int i = 0; i < ANSWERED + SILENT; i++) {
                pipe.submit(null, "k" + i, Pipe.request("r-" + i, TIMEOUT_SECONDS));
            }
            var admitted =
                    await().atMost(TestRouter.PATIENCE).until(pipe::admitted, all -> all.size() >= ANSWERED + SILENT);
            admitted.forEach(each -> pipe.taken(each, task(each)));
            pipe.flush();
            return admitted;
        }
    }

    private static void awaitPast(Instant deadline) {
        await().atMost(Duration.ofSeconds(TIMEOUT_SECONDS + 10L))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> Instant.now().isAfter(deadline));
    }

    private static String task(Admitted admitted) {
        return "t-" + admitted.requestId();
    }
}
