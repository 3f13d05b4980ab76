package io.captchapipeline.kit.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

class WorkedTest {

    private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    private final Worked worked = new Worked();

    @Test
    void a_commit_is_asked_for_once_for_all_that_was_worked_on() {
        worked.askForCommit();
        assertThat(context.committed()).isFalse();

        worked.on(context);
        worked.on(context);
        assertThat(worked.isUnasked()).isTrue();
        assertThat(context.committed()).isFalse();

        worked.askForCommit();

        assertThat(context.committed()).isTrue();
        assertThat(worked.isUnasked()).isFalse();
        assertThat(worked.wasAsked()).isTrue();
        assertThat(worked.wasAsked()).isFalse();
    }

    @Test
    void the_first_record_of_each_context_asks_by_itself_when_it_is_let() {
        var other = new MockProcessorContext<Void, Void>();
        worked.letFirstsAsk();
        worked.on(context);
        worked.on(other);

        assertThat(context.committed()).isTrue();
        assertThat(other.committed()).isTrue();
        assertThat(worked.isUnasked()).isFalse();

        context.resetCommit();
        worked.on(context);

        assertThat(context.committed()).isFalse();
        assertThat(worked.isUnasked()).isTrue();
        assertThat(worked.wasAsked()).isTrue();
    }

    @Test
    void who_was_let_ask_and_had_nothing_to_ask_for_is_not_let_any_more() {
        worked.letFirstsAsk();
        assertThat(worked.wasAsked()).isFalse();

        worked.on(context);

        assertThat(context.committed()).isFalse();
    }

    @Test
    void what_another_thread_worked_on_is_not_ours() throws Exception {
        var other = Thread.ofVirtual().start(() -> worked.on(context));
        other.join();

        assertThat(worked.isUnasked()).isFalse();
    }
}
