package io.captchapipeline.router.ledger;

import io.captchapipeline.router.ledger.RequestEntry.Claimed;
import io.captchapipeline.router.ledger.RequestEntry.Open;
import io.captchapipeline.router.ledger.TaskEntry.Alias;
import io.captchapipeline.router.ledger.TaskEntry.Unannounced;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.Status;
import io.captchapipeline.schemas.event.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Ends an entry that the ledger cannot decide upon: without its rules, and without times of its own, since one of them
/// may be what fails.
final class GivingUp {
    private static final String WHY = "the pipeline could not decide what came of it; its log says why";

    /// Longer than any record of it is kept.
    private static final Duration REMEMBERED = Duration.ofDays(8);

    private GivingUp() {}

    static Decision on(Entry entry, Instant now) {
        return switch (entry) {
            case Open open ->
                settled(open.progress().request().content(), now)
                        .and(told(open))
                        .and(new Output.ForgetParams());
            case Announced task -> settled(null, now).and(told(task.foreign()));
            case Unannounced held -> settled(null, now).and(told(held));
            case Claimed claimed -> dropped();
            case Alias alias -> dropped();
            case Settled settled -> dropped();
        };
    }

    /// Remembered, so that a repeat gets no second outcome.
    private static Decision settled(@Nullable Long content, Instant now) {
        return Decision.counted(new Settled(now.plus(REMEMBERED), content, null), Counted.UNDECIDABLE);
    }

    private static Decision dropped() {
        return Decision.counted(null, Counted.UNDECIDABLE);
    }

    private static Output told(Open open) {
        var request = open.progress().request();
        return told(null, request.requestId(), request.method(), request.route(), request.metadata());
    }

    private static Output told(Foreign foreign) {
        return told(foreign.taskId(), foreign.requestId(), foreign.method(), foreign.route(), foreign.metadata());
    }

    private static Output told(Unannounced held) {
        var result = held.result();
        return told(result.taskId(), result.requestId(), result.method(), result.route(), Map.of());
    }

    private static Output told(
            @Nullable TaskId taskId,
            RequestId requestId,
            @Nullable Method method,
            @Nullable Route route,
            Map<String, String> metadata) {
        return new Output.Tell(new Outcome.Failed(
                taskId,
                requestId,
                Status.FAILED,
                Outcome.Failed.TIMEOUT,
                WHY,
                method,
                route,
                0,
                null,
                null,
                null,
                null,
                null,
                metadata));
    }
}
