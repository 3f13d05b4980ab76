package io.captchapipeline.alerting.tell;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.kit.consume.Handled;
import io.captchapipeline.kit.consume.Origin;
import io.captchapipeline.kit.consume.Received;
import io.captchapipeline.schemas.event.Alert;
import io.captchapipeline.schemas.event.AlertName;
import io.captchapipeline.schemas.event.AlertState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TellerTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Alert BEGAN = alert(AlertState.FIRING, 0);
    private static final Alert STILL = alert(AlertState.FIRING, 14_400);
    private static final Alert OVER = alert(AlertState.RESOLVED, 20_000);

    private final List<String> told = new ArrayList<>();
    private final Away channel = new Away();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Teller teller = over(channel);

    @Test
    void a_channel_that_was_down_is_told_the_beginning_and_the_end_but_not_what_was_between() {
        teller.known(BEGAN);
        teller.known(STILL);
        teller.known(OVER);

        hand(BEGAN);
        hand(STILL);
        hand(OVER);

        assertThat(told).containsExactly("[captcha] FIRING warning DeadLetters", "[captcha] RESOLVED DeadLetters");
    }

    @Test
    void that_it_still_fires_is_news_while_nothing_newer_is_known() {
        teller.known(BEGAN);
        teller.known(STILL);

        hand(STILL);

        assertThat(told).hasSize(1);
    }

    @Test
    void what_the_channel_does_not_take_comes_again_with_growing_pauses() {
        channel.down = true;
        assertThat(hand(BEGAN)).isEqualTo(Handled.retryAfter(Duration.ofSeconds(1)));
        assertThat(hand(BEGAN)).isEqualTo(Handled.retryAfter(Duration.ofSeconds(2)));
        for (int i = 0; i < 10; i++) {
            hand(BEGAN);
        }
        assertThat(hand(BEGAN)).isEqualTo(Handled.retryAfter(Duration.ofSeconds(30)));

        channel.down = false;

        assertThat(hand(BEGAN)).isEqualTo(Handled.done());
        assertThat(told).hasSize(1);
    }

    @Test
    void what_is_told_to_nobody_is_settled_and_not_counted_as_told() {
        var nobody = over(Channel.toNobody("webhook"));

        assertThat(nobody.alert(received(BEGAN))).isEqualTo(Handled.done());
        hand(BEGAN);

        assertThat(counted("webhook")).isZero();
        assertThat(counted(channel.name())).isOne();
    }

    @Test
    void what_happened_more_than_a_week_ago_is_history() {
        hand(alert(AlertState.FIRING, -7 * 86_400));

        assertThat(told).isEmpty();
    }

    private Handled hand(Alert alert) {
        return teller.alert(received(alert));
    }

    private static Received<Alert> received(Alert alert) {
        return new Received<>(alert, new Origin("captcha-alerts", 0, 0), alert.at());
    }

    private Teller over(Channel other) {
        return new Teller(
                other,
                List.of("ops@example.com"),
                new Letters(new Runbooks(Optional.empty())),
                "alert",
                InstantSource.fixed(NOON.plusSeconds(30_000)),
                metrics);
    }

    private double counted(String name) {
        return metrics.get("captcha.alert.told").tag("channel", name).counter().count();
    }

    private static Alert alert(AlertState state, long second) {
        var name = AlertName.DEAD_LETTERS;
        return new Alert(name, name.severity(), state, "summary", null, null, NOON, NOON.plusSeconds(second), Map.of());
    }

    private final class Away implements Channel {
        private boolean down;

        @Override
        public void tell(Letter letter) throws NotTold {
            if (down) {
                throw new NotTold("away");
            }
            told.add(letter.subject());
        }

        @Override
        public String name() {
            return "test";
        }
    }
}
