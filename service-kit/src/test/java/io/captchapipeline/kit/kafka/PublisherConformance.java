package io.captchapipeline.kit.kafka;

import static io.captchapipeline.kit.kafka.Events.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.kit.kafka.NotPublished.Reason;
import io.captchapipeline.schemas.event.Result;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every publisher promises, whatever is behind it.
abstract class PublisherConformance {

    static final PublisherLimits LIMITS =
            PublisherLimits.DEFAULT.within(Duration.ofSeconds(2)).atMost(100);

    /// Long enough for a garbage collection on a busy machine, short of anything that waits for a broker.

    abstract Publisher<Result> publisher(PublisherLimits limits);

    /// From here on the broker takes everything and says nothing.
    abstract void stall();

    /// From here on the broker cannot be reached.
    abstract void goAway();

    /// The broker is as before.
    abstract void recover();

    @Test
    void an_event_is_confirmed_where_it_is() {
        var publisher = publisher(LIMITS);

        var first = confirmed(publisher.send(result("r-1")));
        var second = confirmed(publisher.send(result("r-1")));

        assertThat(second.partition()).isEqualTo(first.partition());
        assertThat(second.offset()).isEqualTo(first.offset() + 1);
    }

    @Test
    void the_key_chooses_the_partition_as_javas_own_partitioner_does() {
        var publisher = publisher(LIMITS);

        assertThat(List.of("r-1", "r-2", "r-3", "r-4"))
                .map(key -> confirmed(publisher.send(result(key))).partition())
                .containsExactly(5, 5, 4, 3);
    }

    @Test
    void a_stalled_broker_holds_up_nobody_and_fails_the_event_in_time() {
        var publisher = publisher(LIMITS);
        confirmed(publisher.send(result("r-1")));
        stall();

        var sent = IntStream.range(0, 100)
                .mapToObj(i -> publisher.send(result("r-" + i)))
                .toList();

        assertThat(sent.getLast().toCompletableFuture())
                .as("the last is sent before its end is known")
                .isNotDone();
        assertThat(sent).allSatisfy(stage -> assertThat(failed(stage)).isIn(Reason.UNCONFIRMED, Reason.UNAVAILABLE));
    }

    @Test
    void what_is_too_much_to_wait_for_is_refused_at_once() {
        var publisher = publisher(LIMITS);
        confirmed(publisher.send(result("r-1")));
        stall();
        for (int i = 0; i < 100; i++) {
            var _ = publisher.send(result("r-" + i));
        }

        var refused = publisher.send(result("one-too-many"));

        assertThat(refused.toCompletableFuture()).isDone();
        assertThat(failed(refused)).isEqualTo(Reason.TOO_MANY_IN_FLIGHT);
    }

    @Test
    void what_waited_is_confirmed_when_the_broker_recovers_in_time() {
        var publisher = publisher(LIMITS.within(Duration.ofSeconds(20)));
        confirmed(publisher.send(result("r-1")));
        stall();
        var sent = publisher.send(result("r-1"));

        recover();

        assertThat(confirmed(sent).offset()).isPositive();
    }

    @Test
    void events_are_taken_again_once_the_broker_is_back() {
        var publisher = publisher(LIMITS);
        confirmed(publisher.send(result("r-1")));
        goAway();
        assertThat(failed(publisher.send(result("r-1")))).isIn(Reason.UNCONFIRMED, Reason.UNAVAILABLE);

        recover();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(publisher.send(result("r-1")).toCompletableFuture())
                        .succeedsWithin(Duration.ofSeconds(5)));
    }

    @Test
    void an_event_that_is_too_large_is_refused() {
        assertThat(failed(publisher(LIMITS).send(result("r-1", "x".repeat(5 * 1024 * 1024)))))
                .isEqualTo(Reason.REFUSED);
    }

    static Confirmation confirmed(CompletionStage<Confirmation> sent) {
        return sent.toCompletableFuture().join();
    }

    static Reason failed(CompletionStage<Confirmation> sent) {
        try {
            var confirmation = sent.toCompletableFuture().join();
            throw new AssertionError("Confirmed at " + confirmation);
        } catch (CompletionException e) {
            if (e.getCause() instanceof NotPublished problem) {
                return problem.reason();
            }
            throw e;
        }
    }
}
