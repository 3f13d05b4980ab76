package io.captchapipeline.submitter;

import io.captchapipeline.schemas.event.Admitted;
import io.captchapipeline.schemas.event.Overdue;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.Status;
import io.captchapipeline.schemas.event.TicketKind;
import io.captchapipeline.schemas.solver.SolverCode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the solver said, as events.
final class Results {
    private static final String INVALID_REQUEST = "INVALID_REQUEST";

    private Results() {}

    static Result invalid(Admitted request, String complaint, Instant now) {
        return refusal(request, INVALID_REQUEST, complaint, null, now);
    }

    static Result refused(Admitted request, Submission.Refused refused, Instant now) {
        return refusal(request, refused.code(), refused.detail(), null, now);
    }

    /// @param wait until the same attempt may be made again
    static Result again(Admitted request, String code, @Nullable String detail, Duration wait, Instant now) {
        var seconds = Math.max(1, Math.ceilDiv(wait.toMillis(), 1000));
        return refusal(request, code, detail, (int) Math.min(seconds, Integer.MAX_VALUE), now);
    }

    static Result solved(Overdue overdue, PollAnswer.Solved answer, Instant now) {
        return new Result.Solved(
                overdue.taskId(),
                overdue.requestId(),
                answer.solution(),
                answer.extra(),
                overdue.route(),
                overdue.method(),
                Source.POLL,
                now,
                answer.cost(),
                overdue.attempt(),
                vouchedFor(overdue));
    }

    static Result failed(Overdue overdue, PollAnswer.Failed answer, Instant now) {
        return new Result.Failed(
                overdue.taskId(),
                overdue.requestId(),
                status(answer.code()),
                answer.code(),
                answer.detail(),
                overdue.route(),
                overdue.method(),
                Source.POLL,
                now,
                null,
                overdue.attempt(),
                vouchedFor(overdue),
                null);
    }

    private static Result refusal(
            Admitted request, String code, @Nullable String detail, @Nullable Integer retryAfter, Instant now) {
        return new Result.Failed(
                null,
                request.requestId(),
                status(code),
                code,
                detail,
                request.route(),
                request.method(),
                Source.SUBMIT,
                now,
                null,
                request.attempt(),
                TicketKind.REQUEST,
                retryAfter);
    }

    /// We know whose answer it is as surely as by a ticket; unless the task was submitted past us and is its own
    /// request.
    private static TicketKind vouchedFor(Overdue overdue) {
        return overdue.requestId().equals(RequestId.of(overdue.taskId())) ? TicketKind.NONE : TicketKind.REQUEST;
    }

    private static Status status(String code) {
        return code.equals(SolverCode.UNSOLVABLE) ? Status.FAILED : Status.ERROR;
    }
}
