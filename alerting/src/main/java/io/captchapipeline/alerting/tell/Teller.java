package io.captchapipeline.alerting.tell;

import io.captchapipeline.kit.consume.Handled;
import io.captchapipeline.kit.consume.Received;
import io.captchapipeline.schemas.event.Alert;
import io.captchapipeline.schemas.event.AlertName;
import io.captchapipeline.schemas.event.AlertState;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.event.FailureDigest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells alerts and digests over one channel, in the order of each alert. What the channel does not take comes again,
/// with growing pauses, until it does. That an alert *still* fires is not news once something newer of it is known, so
/// a channel that was down for long is not flooded; its beginning and its end always are.
public final class Teller {
    private static final Logger LOG = LoggerFactory.getLogger(Teller.class);

    /// What is older than this is history: such as all alerts of a month when nobody remembers what was told.
    private static final Duration HISTORY = Duration.ofDays(7);

    private final Map<AlertName, Instant> newest = new ConcurrentHashMap<>();
    private final Patience patience = new Patience();
    private final Channel channel;
    private final List<String> to;
    private final Letters letters;
    private final InstantSource clock;
    private final Counter told;
    private final Counter failed;

    public Teller(
            Channel channel,
            List<String> to,
            Letters letters,
            String what,
            InstantSource clock,
            MeterRegistry metrics) {
        this.channel = channel;
        this.to = List.copyOf(to);
        this.letters = letters;
        this.clock = clock;
        this.told = Counter.builder("captcha.alert.told")
                .description("Alerts and digests that a channel took")
                .tag("channel", channel.name())
                .tag("what", what)
                .register(metrics);
        this.failed = Counter.builder("captcha.alert.not.told")
                .description("Times that a channel did not take an alert or a digest")
                .tag("channel", channel.name())
                .tag("what", what)
                .register(metrics);
    }

    /// This alert is on its topic, perhaps ahead of what is told.
    public void known(Alert alert) {
        newest.merge(alert.alert(), alert.at(), (left, right) -> left.isAfter(right) ? left : right);
    }

    public Handled alert(Received<Alert> received) {
        var alert = received.event();
        if (isHistory(alert.at()) || isOldNews(alert)) {
            LOG.atInfo()
                    .addKeyValue("alert", alert.alert().wire())
                    .addKeyValue("at", alert.at())
                    .log("An alert is passed over: it is no news");
            return Handled.done();
        }
        return tell(received, letters.about(alert, to, Optional.empty()));
    }

    public Handled digest(Received<FailureDigest> received) {
        return isHistory(received.event().to()) ? Handled.done() : tell(received, letters.about(received.event(), to));
    }

    private Handled tell(Received<? extends Event> received, Letter letter) {
        try {
            channel.tell(letter);
            patience.wentWell();
            if (channel.reachesSomebody()) {
                told.increment();
                LOG.atInfo()
                        .addKeyValue("channel", channel.name())
                        .addKeyValue("origin", received.origin())
                        .addKeyValue("letter", letter.id())
                        .log("Told");
            }
            return Handled.done();
        } catch (NotTold e) {
            failed.increment();
            var pause = e.comeBackAfter().orElseGet(patience::afterFailure);
            LOG.atWarn()
                    .addKeyValue("channel", channel.name())
                    .addKeyValue("letter", letter.id())
                    .addKeyValue("why", e.getMessage())
                    .addKeyValue("pause", pause)
                    .log("Not told yet");
            return Handled.retryAfter(pause);
        }
    }

    private boolean isHistory(Instant at) {
        return at.isBefore(clock.instant().minus(HISTORY));
    }

    private boolean isOldNews(Alert alert) {
        var repeats = alert.state() == AlertState.FIRING && !alert.at().equals(alert.since());
        var latest = newest.get(alert.alert());
        return repeats && latest != null && latest.isAfter(alert.at());
    }
}
