package io.captchapipeline.router.ledger;

import io.captchapipeline.router.ledger.RequestEntry.Claimed;
import io.captchapipeline.schemas.event.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A foreign announcement gives a task a name of its own. The task, which may lie in another partition and may have its
/// outcome already, is asked first; nothing ends under the new name before it has said yes.
final class Claiming {
    private final LedgerRules rules;

    Claiming(LedgerRules rules) {
        this.rules = rules;
    }

    Decision announced(RequestEvent.RequestAnnounced announced, Instant now) {
        if (rules.hasForgotten(announced.at(), now)) {
            return Decision.counted(null, Counted.EXPIRED);
        }
        var foreign = rules.foreign(announced.announcement(), announced.at());
        var claimed = new Claimed(foreign, rules.remembered(foreign.deadline()));
        return Decision.of(
                claimed, new Output.Send(new TaskEvent.Claim(foreign.taskId(), foreign.requestId(), claimed.until())));
    }

    Decision granted(@Nullable RequestEntry entry, RequestEvent.Granted granted) {
        return entry instanceof Claimed claimed && isOf(claimed, granted.taskId())
                ? Decision.of(claimed.granted(rules.polls(claimed.foreign())))
                : Decision.of(entry);
    }

    Decision declined(@Nullable RequestEntry entry, RequestEvent.Declined declined) {
        return entry instanceof Claimed claimed && isOf(claimed, declined.taskId())
                ? Decision.of(null)
                : Decision.of(entry);
    }

    private static boolean isOf(Claimed claimed, TaskId taskId) {
        return claimed.foreign().taskId().equals(taskId);
    }
}
