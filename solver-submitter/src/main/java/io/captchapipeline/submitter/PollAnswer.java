package io.captchapipeline.submitter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.captchapipeline.schemas.event.Solution;
import io.captchapipeline.schemas.solver.SolverCode;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the solver said when it was asked for a task's solution.
sealed interface PollAnswer {
    record Solved(
            Solution solution,
            @Nullable Solution extra,
            @Nullable BigDecimal cost) implements PollAnswer {}

    /// The end of the task, without a solution.
    record Failed(String code, @Nullable String detail) implements PollAnswer {}

    record NotReady() implements PollAnswer {}

    /// The solver complains of the call or of the id. That says nothing about the request: its polling ends, not
    /// itself.
    record Ended(String code) implements PollAnswer {}

    /// The solver complains of our account.
    record AccountRefused(SolverCode code) implements PollAnswer {}

    /// Nothing about the task was learnt this time.
    record Nothing(String why) implements PollAnswer {}

    /// About the call, not about the task.
    Set<String> ABOUT_THE_CALL = Set.of(
            "ERROR_WRONG_CAPTCHA_ID",
            "ERROR_WRONG_ID_FORMAT",
            "ERROR_EMPTY_ACTION",
            "ERROR_NO_SUCH_METHOD",
            "ERROR_IP_ADDRES",
            "ERROR_REPORT_NOT_RECORDED",
            "REPORT_NOT_RECORDED",
            "ERROR_DUPLICATE_REPORT");

    static PollAnswer of(Reply reply) {
        return switch (reply) {
            case Reply.NeverSent never -> new Nothing(never.why());
            case Reply.MaybeSent maybe -> new Nothing(maybe.why());
            case Reply.Answered answered -> of(answered);
        };
    }

    private static PollAnswer of(Reply.Answered reply) {
        if (reply.status() / 100 == 5) {
            return new Nothing("HTTP " + reply.status());
        }
        return switch (AnswerReader.read(reply.body())) {
            case SolverAnswer.Coded coded -> of(coded);
            case SolverAnswer.Granted granted when reply.isSuccess() -> solved(granted);
            case SolverAnswer.Granted _, SolverAnswer.Bare _ -> new Nothing("HTTP " + reply.status() + ", no answer");
            case SolverAnswer.Unknown unknown -> new Nothing("HTTP " + reply.status() + ", " + unknown.why());
        };
    }

    private static PollAnswer of(SolverAnswer.Coded coded) {
        var code = SolverCode.of(coded.code());
        return switch (code.meaning()) {
            case NOT_READY -> new NotReady();
            case STOP -> new AccountRefused(code);
            case WAIT, UNCERTAIN -> new Nothing(coded.code());
            case FINAL ->
                ABOUT_THE_CALL.contains(coded.code())
                        ? new Ended(coded.code())
                        : new Failed(coded.code(), coded.detail());
        };
    }

    private static PollAnswer solved(SolverAnswer.Granted granted) {
        return new Solved(new Solution(granted.value()), extra(granted.extra()), granted.price());
    }

    private static @Nullable Solution extra(@Nullable ObjectNode extra) {
        return extra == null ? null : new Solution(extra);
    }
}
