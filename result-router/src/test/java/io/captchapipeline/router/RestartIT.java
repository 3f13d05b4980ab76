package io.captchapipeline.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.schemas.event.Admitted;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A router that was told to stop, and its successor.
@WithKafka(own = true)
class RestartIT {
    private static final List<String> GROUPS = List.of("captcha-result-router", "captcha-result-router-view");
    private static final int REQUESTS = 12;
    private static final int TIMEOUT_SECONDS = 120;

    @TempDir
    private Path data;

    /// A member that is still there would have the successor wait for the end of its session.
    @Test
    void one_that_stops_leaves_its_groups_and_its_successor_ends_what_it_began(KafkaCluster cluster) {
        Pipe.createTopics(cluster);
        try (var pipe = new Pipe(cluster)) {
            var admitted = taken(cluster, pipe);
            assertThat(groups(cluster))
                    .hasSize(GROUPS.size())
                    .allSatisfy(group -> assertThat(group.members()).isEmpty());
            admitted.forEach(each -> pipe.solved(each, task(each), "token"));
            pipe.flush();

            var started = System.nanoTime();
            try (var _ = TestRouter.start(cluster, data)) {
                var ready = since(started);
                await().atMost(TestRouter.PATIENCE)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> pipe.outcomes().size() == REQUESTS);
                System.out.println("From the start of a successor: ready after " + ready.toMillis()
                        + " ms, all outcomes read after " + since(started).toMillis() + " ms");
            }
        }
    }

    /// Taken by the solver, when the router is told to stop.
    private List<Admitted> taken(KafkaCluster cluster, Pipe pipe) {
        try (var _ = TestRouter.start(cluster, data)) {
            for (int i = 0; i < REQUESTS; i++) {
                pipe.submit(i % Pipe.PARTITIONS, null, Pipe.request("r-" + i, TIMEOUT_SECONDS));
            }
            var admitted = await().atMost(TestRouter.PATIENCE).until(pipe::admitted, all -> all.size() == REQUESTS);
            admitted.forEach(each -> pipe.taken(each, task(each)));
            pipe.flush();
            return admitted;
        }
    }

    private static List<ConsumerGroupDescription> groups(KafkaCluster cluster) {
        try (var admin = cluster.admin()) {
            return List.copyOf(admin.describeConsumerGroups(GROUPS)
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join()
                    .values());
        }
    }

    private static String task(Admitted admitted) {
        return "t-" + admitted.requestId();
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
