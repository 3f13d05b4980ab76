package io.captchapipeline.router.ledger;

import io.captchapipeline.router.ledger.RequestEntry.Accepted;
import io.captchapipeline.router.ledger.RequestEntry.Asked;
import io.captchapipeline.router.ledger.RequestEntry.Claimed;
import io.captchapipeline.router.ledger.RequestEntry.Open;
import io.captchapipeline.router.ledger.RequestEntry.Refused;
import io.captchapipeline.router.ledger.RequestEntry.Waiting;
import io.captchapipeline.router.ledger.TaskEntry.Alias;
import io.captchapipeline.router.ledger.TaskEntry.Unannounced;
import io.captchapipeline.schemas.event.Overdue;
import java.time.Instant;

/// Time passes: over waits, silences, late callbacks, deadlines, graces and memories.
final class Timing {
    private final LedgerRules rules;
    private final Telling telling;

    Timing(LedgerRules rules, Telling telling) {
        this.rules = rules;
        this.telling = telling;
    }

    Decision passed(Entry entry, Instant now) {
        if (now.isBefore(entry.due())) {
            return Decision.of(entry);
        }
        return switch (entry) {
            case Open open -> ours(open, now);
            case Claimed forgotten -> Decision.of(null);
            case Announced task -> foreign(task, now);
            case Unannounced held -> telling.unannounced(held, now);
            case Alias forgotten -> Decision.of(null);
            case Settled forgotten -> Decision.of(null);
        };
    }

    private Decision ours(Open open, Instant now) {
        if (!now.isBefore(open.progress().request().deadline())) {
            return telling.expired(open, now);
        }
        return switch (open) {
            case Waiting waiting -> Decision.of(waiting);
            case Refused refused -> admitted(refused.again(), now);
            case Asked asked -> admitted(asked.silent(), now);
            case Accepted accepted -> polled(accepted, now);
        };
    }

    private Decision foreign(Announced task, Instant now) {
        return now.isBefore(task.foreign().deadline()) ? polled(task, now) : telling.expired(task, now);
    }

    private static Decision admitted(Waiting waiting, Instant now) {
        return Decision.of(waiting, Admitting.admit(waiting, now));
    }

    private Decision polled(Accepted accepted, Instant now) {
        var polling = rules.polls().again(accepted.polling(), now);
        var request = accepted.progress().request();
        var taken = accepted.taken();
        var overdue = new Overdue(
                request.requestId(),
                taken.taskId(),
                accepted.progress().attempt(),
                polling.done(),
                request.method(),
                request.route(),
                taken.account(),
                now);
        return Decision.of(accepted.polled(polling), new Output.Poll(overdue));
    }

    private Decision polled(Announced task, Instant now) {
        var polling = rules.polls().again(task.polling(), now);
        var foreign = task.foreign();
        var overdue = new Overdue(
                foreign.requestId(),
                foreign.taskId(),
                1,
                polling.done(),
                foreign.method(),
                foreign.route(),
                foreign.account(),
                now);
        return Decision.of(task.polled(polling), new Output.Poll(overdue));
    }
}
