package io.captchapipeline.submitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.kit.kafka.PublisherLimits;
import io.captchapipeline.kit.testing.InMemoryPublisher;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TellingTest {
    private static final Result RESULT =
            Results.invalid(Requests.admitted("turnstile", Requests.PARAMS), "pageurl is missing", Instant.EPOCH);

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final InMemoryPublisher<Result> topic =
            new InMemoryPublisher<>(Topics.RESULTS, PublisherLimits.DEFAULT.within(Duration.ofMillis(50)));

    @Test
    void a_broker_that_was_away_is_told_later() {
        var telling = telling(Duration.ofSeconds(5));
        topic.goAway();
        var teller = Thread.ofVirtual().start(() -> telling.tell(topic, RESULT));
        await().until(() -> teller.getState() == Thread.State.TIMED_WAITING);
        assertThat(topic.events()).isEmpty();

        topic.recover();
        await().untilAsserted(() -> assertThat(topic.events()).containsExactly(RESULT));
        await().until(() -> !teller.isAlive());
        assertThat(lost()).isZero();
    }

    @Test
    void a_confirmation_that_stays_away_is_asked_for_again() {
        var telling = telling(Duration.ofSeconds(5));
        topic.stall();
        var teller = Thread.ofVirtual().start(() -> telling.tell(topic, RESULT));
        await().until(() -> topic.waiting() == 1);
        await().until(() -> topic.waiting() == 0);

        topic.recover();
        await().until(() -> !teller.isAlive());
        assertThat(topic.events()).contains(RESULT);
    }

    @Test
    void closing_ends_the_waiting_and_what_was_lost_is_counted() {
        var telling = telling(Duration.ZERO);
        topic.goAway();
        var teller = Thread.ofVirtual().start(() -> telling.tell(topic, RESULT));
        await().until(() -> teller.getState() == Thread.State.TIMED_WAITING);

        telling.close();
        await().until(() -> !teller.isAlive());
        assertThat(topic.events()).isEmpty();
        assertThat(lost()).isEqualTo(1);
    }

    private Telling telling(Duration lastPatience) {
        return new Telling(lastPatience, new SubmitterWatch(metrics));
    }

    private double lost() {
        var counter = metrics.find("captcha.submit.lost.total").counter();
        return counter == null ? 0 : counter.count();
    }
}
