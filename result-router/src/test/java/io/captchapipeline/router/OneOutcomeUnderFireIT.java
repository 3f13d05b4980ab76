package io.captchapipeline.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.Status;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.testkit.ChildJvm;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import io.captchapipeline.testkit.promise.OneOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever routers do under load, dying, coming, going, standing still: each request has one outcome.
@WithKafka(own = true)
class OneOutcomeUnderFireIT {
    private static final int REQUESTS = 5_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /// A router's session is over by then, and its partitions are another's.
    private static final Duration PAST_THE_SESSION = Duration.ofSeconds(9);

    @TempDir
    private Path data;

    @Test
    void each_request_has_one_outcome_while_routers_are_killed_come_go_and_stand_still(KafkaCluster cluster) {
        Pipe.createTopics(cluster);
        var one = TestRouter.child(cluster, data.resolve("one"));
        var other = TestRouter.child(cluster, data.resolve("other"));
        try (var pipe = new Pipe(cluster);
                var world = new World(pipe, REQUESTS, new Random(Long.getLong("seed", 7)))) {
            world.start();

            awaitAnswers(world, 0.10);
            one.kill();
            one = TestRouter.child(cluster, data.resolve("one"));
            awaitAnswers(world, 0.25);
            other.terminate();
            awaitAnswers(world, 0.40);
            other = TestRouter.child(cluster, data.resolve("other"));
            awaitAnswers(world, 0.55);
            standStill(one);
            awaitAnswers(world, 0.75);
            other.kill();
            world.awaitAllAsked(PATIENCE);
            awaitAnswers(world, 1);

            verify(pipe, world);
        } finally {
            one.close();
            other.close();
        }
    }

    private static void standStill(ChildJvm router) {
        router.suspend();
        var until = System.nanoTime() + PAST_THE_SESSION.toNanos();
        await().atMost(PATIENCE).until(() -> System.nanoTime() > until);
        router.resume();
    }

    private static void awaitAnswers(World world, double share) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> world.outcomes() >= (int) (share * REQUESTS));
    }

    private static void verify(Pipe pipe, World world) {
        var promise = new OneOutcome();
        IntStream.range(0, REQUESTS).mapToObj(World::id).forEach(promise::requested);
        for (var topic : List.of(Topics.SOLVED, Topics.FAILED)) {
            promise.outcomes(pipe.records(topic), Pipe::requestId);
        }
        promise.verify();
        assertThat(world.admittedTwice()).isEmpty();
        assertThat(pipe.outcomes()).filteredOn(outcome -> !fits(world, outcome)).isEmpty();
    }

    /// Solved where the solver called back, failed where it stayed silent.
    private static boolean fits(World world, Outcome outcome) {
        return world.isSilent(outcome.requestId().value()) == (outcome.status() != Status.SOLVED);
    }
}
