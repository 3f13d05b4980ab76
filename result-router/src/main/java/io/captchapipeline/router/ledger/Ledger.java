package io.captchapipeline.router.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Decides. A pure function of its arguments and its rules.
public final class Ledger {
    private final Admitting admitting;
    private final Asking asking;
    private final Claiming claiming;
    private final Answering answering;
    private final Joining joining;
    private final Timing timing;

    public Ledger(LedgerRules rules) {
        var aliasing = new Aliasing(rules);
        var telling = new Telling(rules, aliasing);
        admitting = new Admitting(rules, telling);
        asking = new Asking(rules, aliasing);
        claiming = new Claiming(rules);
        answering = new Answering(telling, aliasing);
        joining = new Joining(rules, telling);
        timing = new Timing(rules, telling);
    }

    /// @param entry what is remembered under the event's key; for a tick, one that is due
    /// @param now the clock's time as the event is read; for a tick, its own time. Graces, waits and memories count
    ///     from it; deadlines and silences count from when the broker took the record
    public Decision decide(@Nullable Entry entry, LedgerEvent event, Instant now) {
        return switch (event) {
            case RequestEvent about -> ofRequest(requestEntry(entry), about, now);
            case TaskEvent about -> ofTask(taskEntry(entry), about, now);
            case LedgerEvent.Tick tick -> entry == null ? Decision.of(null) : timing.passed(entry, tick.at());
        };
    }

    /// What is left where [#decide] failed for an entry that is due: whoever waits for it is told, with as little as
    /// can
    /// go wrong.
    public static Decision givenUp(Entry entry, Instant now) {
        return GivingUp.on(entry, now);
    }

    private Decision ofRequest(@Nullable RequestEntry entry, RequestEvent event, Instant now) {
        return switch (event) {
            case RequestEvent.Requested asks -> admitting.requested(entry, asks, now);
            case RequestEvent.Unaskable asks -> admitting.unaskable(entry, asks, now);
            case RequestEvent.AttemptMade made -> asking.made(entry, made);
            case RequestEvent.RequestAnnounced announced ->
                entry == null ? claiming.announced(announced, now) : asking.announced(entry, announced);
            case RequestEvent.RequestAnswered answered -> answering.answered(entry, answered.result(), now);
            case RequestEvent.Granted granted -> claiming.granted(entry, granted);
            case RequestEvent.Declined declined -> claiming.declined(entry, declined);
            case RequestEvent.Forwarded forwarded -> answering.forwarded(entry, forwarded.result(), now);
        };
    }

    private Decision ofTask(@Nullable TaskEntry entry, TaskEvent event, Instant now) {
        return switch (event) {
            case TaskEvent.TaskAnnounced announced -> joining.announced(entry, announced, now);
            case TaskEvent.TaskAnswered answered -> joining.answered(entry, answered, now);
            case TaskEvent.Aliased aliased -> joining.aliased(entry, aliased);
            case TaskEvent.Claim claim -> joining.claimed(entry, claim);
        };
    }

    private static @Nullable RequestEntry requestEntry(@Nullable Entry entry) {
        if (entry == null || entry instanceof RequestEntry) {
            return (RequestEntry) entry;
        }
        throw new IllegalArgumentException("an entry of a task for an event of a request");
    }

    private static @Nullable TaskEntry taskEntry(@Nullable Entry entry) {
        if (entry == null || entry instanceof TaskEntry) {
            return (TaskEntry) entry;
        }
        throw new IllegalArgumentException("an entry of a request for an event of a task");
    }
}
