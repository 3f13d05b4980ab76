package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.event.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far a request has come.
///
/// @param past the attempts before the running one, in order
/// @param refusal the latest one of the running attempt
public record Progress(
        Request request, List<Past> past, @Nullable Refusal refusal) {
    public Progress {
        past = List.copyOf(past);
    }

    static Progress of(Request request) {
        return new Progress(request, List.of(), null);
    }

    /// The number of the running attempt.
    int attempt() {
        return past.size() + 1;
    }

    boolean attemptsLeft() {
        return attempt() < request.maxAttempts();
    }

    /// Whether a refusal of this time is the latest one again.
    boolean repeatsRefusal(Instant time) {
        return refusal != null && time.equals(refusal.at());
    }

    /// Whether a refusal of this time is not later than the latest one, if the same clock wrote both.
    boolean wasRefusedBy(Instant time) {
        return refusal != null && !time.isAfter(refusal.at());
    }

    Progress refused(Refusal latest) {
        return new Progress(request, past, latest);
    }

    Progress next(Past last) {
        var more = new ArrayList<>(past);
        more.add(last);
        return new Progress(request, more, null);
    }

    Past past(int attempt) {
        return past.get(attempt - 1);
    }

    Progress with(int attempt, Past changed) {
        var changing = new ArrayList<>(past);
        changing.set(attempt - 1, changed);
        return new Progress(request, changing, refusal);
    }

    /// The earlier attempt that this task was taken for; 0 where there is none.
    int attemptOf(@Nullable TaskId taskId) {
        for (int i = 0; i < past.size(); i++) {
            if (taskId != null && taskId.equals(past.get(i).taskId())) {
                return i + 1;
            }
        }
        return 0;
    }
}
