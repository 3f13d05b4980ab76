package io.captchapipeline.alerting.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private final MockProcessorContext<String, Taken> context = new MockProcessorContext<>();
    private final Intake intake =
            new Intake(Duration.ofSeconds(5), () -> null, new Unreadable(new SimpleMeterRegistry()));

    @Test
    void one_tick_at_a_time_is_under_way() {
        intake.init(context);
        punctuate();
        punctuate();

        assertThat(context.forwarded()).hasSize(1);
    }

    @Test
    void a_tick_that_was_given_up_with_its_transaction_is_waited_for_by_nobody() {
        intake.init(context);
        punctuate();
        intake.close();
        intake.init(context);
        context.resetForwards();
        punctuate();

        assertThat(context.forwarded()).hasSize(1);
    }

    private void punctuate() {
        context.scheduledPunctuators().getLast().getPunctuator().punctuate(0);
    }
}
