package io.captchapipeline.router.ledger;

import io.captchapipeline.router.ledger.RequestEntry.Open;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Route;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an outcome says of its request, whatever came of it.
///
/// @param attempts how often the solver was asked
record Subject(
        RequestId requestId,
        @Nullable Method method,
        @Nullable Route route,
        Map<String, String> metadata,
        int attempts,
        @Nullable Instant submittedAt) {

    /// A request of ours, by the attempt that was answered.
    static Subject of(Open open, int attempt) {
        var progress = open.progress();
        var since = attempt == progress.attempt()
                ? open.since()
                : progress.past(attempt).since();
        return of(progress.request(), Math.max(attempt, made(open)), since);
    }

    /// A request of ours, unanswered.
    static Subject of(Open open) {
        return of(open.progress().request(), made(open), open.since());
    }

    static Subject of(RequestEvent.Unaskable asks) {
        return new Subject(asks.requestId(), asks.method(), asks.route(), asks.metadata(), 0, null);
    }

    static Subject of(Foreign foreign) {
        return new Subject(
                foreign.requestId(),
                foreign.method(),
                foreign.route(),
                foreign.metadata(),
                1,
                foreign.submittedAt() == null ? foreign.announcedAt() : foreign.submittedAt());
    }

    /// A foreign task with its result: what the announcement left open is as the ticket says.
    static Subject of(Foreign foreign, Result result) {
        var told = of(foreign);
        return new Subject(
                told.requestId,
                told.method == null ? result.method() : told.method,
                told.route == null ? result.route() : told.route,
                told.metadata,
                1,
                submittedAt(foreign, result));
    }

    /// A task that nobody announced.
    static Subject of(Result result) {
        return new Subject(result.requestId(), result.method(), result.route(), Map.of(), 1, null);
    }

    private static Subject of(Request request, int attempts, @Nullable Instant submittedAt) {
        return new Subject(
                request.requestId(), request.method(), request.route(), request.metadata(), attempts, submittedAt);
    }

    private static int made(Open open) {
        int running = open.progress().attempt();
        return open.asked() ? running : running - 1;
    }

    /// Where it was not told, the time of the announcement will do, unless the result was there before it.
    private static @Nullable Instant submittedAt(Foreign foreign, Result result) {
        if (foreign.submittedAt() != null) {
            return foreign.submittedAt();
        }
        return foreign.announcedAt().isBefore(result.receivedAt()) ? foreign.announcedAt() : null;
    }
}
