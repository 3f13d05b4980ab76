package io.captchapipeline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.captchapipeline.client.CaptchaException.Reason;
import io.captchapipeline.schemas.event.RequestId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OpenRequestsTest {
    private static final RequestId ONE = new RequestId("r-1");
    private static final RequestId TWO = new RequestId("r-2");

    private long nanos = Long.MAX_VALUE - 5;
    private final OpenRequests open = new OpenRequests(2, Runnable::run, () -> nanos);

    @Test
    void an_outcome_ends_its_request_once() {
        var answer = open.add(ONE);

        open.answered(Outcomes.solved("r-1", "first"));
        open.answered(Outcomes.solved("r-1", "second"));

        assertThat(answer.join().orThrow().token()).isEqualTo("first");
        assertThat(open.answered()).isEqualTo(1);
        assertThat(open.size()).isZero();
    }

    @Test
    void a_request_that_waits_is_not_waited_for_twice() {
        var _ = open.add(ONE);

        assertThatThrownBy(() -> open.add(ONE)).isInstanceOf(IllegalArgumentException.class);
        assertThat(open.size()).isEqualTo(1);
    }

    @Test
    void of_several_none_is_waited_for_where_one_cannot_be() {
        var _ = open.add(TWO);

        assertThatThrownBy(() -> open.addAll(List.of(ONE, TWO))).isInstanceOf(IllegalArgumentException.class);
        assertThat(open.has("r-1")).isFalse();
        assertThat(open.has("r-2")).isTrue();
        assertThatThrownBy(() -> open.addAll(List.of(ONE, ONE))).isInstanceOf(IllegalArgumentException.class);
        assertThat(open.size()).isEqualTo(1);
    }

    @Test
    void there_is_room_for_so_many() {
        var _ = open.add(ONE);
        var second = open.add(TWO);

        assertThat(problem(open.add(new RequestId("r-3"))).reason()).isEqualTo(Reason.NOT_SENT);

        second.cancel(false);
        assertThat(open.add(new RequestId("r-3"))).isNotDone();
    }

    @Test
    void time_runs_from_when_it_was_written_across_the_overflow_of_the_clock() {
        var answer = open.add(ONE);
        open.expire("");
        assertThat(answer).isNotDone();

        open.sent(ONE, Duration.ofSeconds(60));
        nanos += Duration.ofSeconds(60).toNanos() - 1;
        open.expire("");
        assertThat(answer).isNotDone();

        nanos += 1;
        open.expire(", and outcomes cannot be read");
        assertThat(problem(answer).reason()).isEqualTo(Reason.NO_OUTCOME);
        assertThat(problem(answer))
                .hasMessage("r-1: no outcome within 60 s, and outcomes cannot be read; it may still come, the results"
                        + " API tells");
        assertThat(problem(answer).requestId()).contains(ONE);
    }

    @Test
    void closing_says_of_each_whether_it_was_written() {
        var written = open.add(ONE);
        open.sent(ONE, Duration.ofSeconds(60));
        var unknown = open.add(TWO);

        open.close();

        assertThat(problem(written).reason()).isEqualTo(Reason.CLOSED);
        assertThat(problem(unknown).reason()).isEqualTo(Reason.UNCONFIRMED);
        assertThat(problem(open.add(new RequestId("r-3"))).reason()).isEqualTo(Reason.NOT_SENT);
        assertThat(open.size()).isZero();
    }

    private static CaptchaException problem(CompletableFuture<Answer> future) {
        assertThat(future).isCompletedExceptionally();
        return (CaptchaException) future.exceptionNow();
    }
}
