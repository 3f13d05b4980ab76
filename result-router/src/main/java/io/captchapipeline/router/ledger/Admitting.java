package io.captchapipeline.router.ledger;

import io.captchapipeline.router.ledger.RequestEntry.Open;
import io.captchapipeline.router.ledger.RequestEntry.Waiting;
import io.captchapipeline.schemas.event.SubmitRequest;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Requests come in. The first record of an identity decides; whatever repeats it changes nothing.
final class Admitting {
    private final LedgerRules rules;
    private final Telling telling;

    Admitting(LedgerRules rules, Telling telling) {
        this.rules = rules;
        this.telling = telling;
    }

    Decision requested(@Nullable RequestEntry entry, RequestEvent.Requested asks, Instant now) {
        if (entry != null) {
            return repeated(entry, asks.content());
        }
        return rules.hasForgotten(asks.at(), now) ? expired() : admitted(asks, now);
    }

    Decision unaskable(@Nullable RequestEntry entry, RequestEvent.Unaskable asks, Instant now) {
        if (entry != null) {
            return repeated(entry, asks.content());
        }
        return rules.hasForgotten(asks.at(), now) ? expired() : telling.unaskable(asks, now);
    }

    /// The running attempt, for `captcha-admitted`.
    static Output.Admit admit(Waiting waiting, Instant now) {
        var progress = waiting.progress();
        var request = progress.request();
        return new Output.Admit(
                request.requestId(),
                progress.attempt(),
                request.method(),
                request.route(),
                now,
                request.deadline(),
                request.metadata());
    }

    private Decision admitted(RequestEvent.Requested asks, Instant now) {
        var waiting = new Waiting(Progress.of(kept(asks)));
        if (!now.isBefore(waiting.due())) {
            return telling.tooLate(waiting, now);
        }
        return Decision.of(waiting, new Output.KeepParams(asks.request().params()), admit(waiting, now));
    }

    private Request kept(RequestEvent.Requested asks) {
        var request = asks.request();
        var seconds = request.timeoutSeconds();
        var attempts = request.maxAttempts();
        return new Request(
                asks.requestId(),
                request.method(),
                request.route(),
                request.metadata(),
                attempts == null ? SubmitRequest.DEFAULT_ATTEMPTS : attempts,
                asks.content(),
                asks.at(),
                seconds == null
                        ? asks.at().plus(rules.requestTimeout())
                        : asks.at().plusSeconds(seconds));
    }

    private static Decision repeated(RequestEntry entry, long content) {
        return Objects.equals(contentOf(entry), content)
                ? Decision.counted(entry, Counted.REPEATED_REQUEST)
                : Decision.of(entry, new Output.Bury(Output.Bury.Reason.REQUEST_ID_REUSED));
    }

    private static @Nullable Long contentOf(RequestEntry entry) {
        return switch (entry) {
            case Open open -> open.progress().request().content();
            case Settled settled -> settled.content();
            case RequestEntry.Claimed foreign -> null;
            case Announced foreign -> null;
        };
    }

    private static Decision expired() {
        return Decision.of(null, new Output.Bury(Output.Bury.Reason.EXPIRED));
    }
}
