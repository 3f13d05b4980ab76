package io.captchapipeline.kit.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.captchapipeline.kit.ForbiddenTopic;
import io.captchapipeline.kit.consume.Claim;
import io.captchapipeline.kit.consume.Claimant;
import io.captchapipeline.kit.consume.Handled;
import io.captchapipeline.kit.consume.Received;
import io.captchapipeline.kit.consume.Share;
import io.captchapipeline.kit.kafka.Events;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.topic.ServiceContract;
import io.captchapipeline.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InMemoryContextTest {

    private static final ServiceContract CONTRACT =
            new ServiceContract("test", "reads and writes", List.of(Topics.RESULTS), List.of(Topics.RESULTS));

    private final InMemoryContext context = new InMemoryContext(CONTRACT, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    private final List<String> said = new ArrayList<>();

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void what_is_handed_over_comes_back_as_what_became_of_it() throws Exception {
        var _ = context.consume(
                Topics.RESULTS, "", received -> Handled.dead(received.origin() + " at " + received.at()));

        var handler = context.handler(Topics.RESULTS, "");

        assertThat(handler.hand(Events.result("r-1")))
                .isEqualTo(Handled.dead("captcha-results-0@0 at 1970-01-01T00:00:00Z"));
        assertThat(handler.hand(Events.result("r-1")))
                .isEqualTo(Handled.dead("captcha-results-0@1 at 1970-01-01T00:00:00Z"));
    }

    @Test
    void what_is_taken_is_marked_and_worked_on() {
        claim(new Eager());

        context.claimant(Topics.RESULTS, "").offer(Events.result("r-1"));

        assertThat(said).containsExactly("share 6/6", "worked");
        assertThat(context.written(Topics.RESULTS)).containsExactly(Events.result("r-1"));
    }

    @Test
    void in_vain_it_is_dropped_and_nothing_is_written() {
        claim(new Eager());
        context.publisher(Topics.RESULTS);

        context.claimant(Topics.RESULTS, "").offerInVain(Events.result("r-1"));

        assertThat(said).containsExactly("share 6/6", "dropped");
        assertThat(context.written(Topics.RESULTS)).isEmpty();
    }

    @Test
    void a_claimant_is_told_its_share() {
        claim(new Eager());

        context.claimant(Topics.RESULTS, "").assign(new Share(2, 6));

        assertThat(said).containsExactly("share 6/6", "share 2/6");
    }

    @Test
    void only_what_the_map_gives_can_be_read() {
        assertThatThrownBy(() -> context.consume(Topics.SUBMIT, "", _ -> Handled.done()))
                .isInstanceOf(ForbiddenTopic.class)
                .hasMessageContaining("test may not read captcha-submit");
        assertThatThrownBy(() -> context.claim(Topics.SUBMIT, "", (_, _) -> new Claim.Wait(Duration.ZERO)))
                .isInstanceOf(ForbiddenTopic.class);
    }

    private void claim(Claimant<Result> claimant) {
        var _ = context.claim(Topics.RESULTS, "", claimant);
    }

    private final class Eager implements Claimant<Result> {

        @Override
        public Claim choose(Received<Result> received, Share share) {
            var mark = new Claim.Mark<>(Topics.RESULTS, received.event());
            return new Claim.Take(List.of(mark), () -> said.add("worked"), () -> said.add("dropped"));
        }

        @Override
        public void assigned(Share share) {
            said.add("share " + share.owned() + "/" + share.partitions());
        }
    }
}
