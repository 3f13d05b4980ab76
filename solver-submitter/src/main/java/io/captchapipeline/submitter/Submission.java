package io.captchapipeline.submitter;

import io.captchapipeline.schemas.event.InvalidEvent;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.solver.SolverCode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the solver made of a task that was posted to it.
sealed interface Submission {
    /// Taken, and to be paid for.
    record Accepted(TaskId taskId) implements Submission {}

    /// No, and no again whenever it is asked.
    record Refused(String code, @Nullable String detail) implements Submission {}

    /// Not now; not taken, not paid.
    record AskAgain(String code, @Nullable String detail, Pause pause) implements Submission {}

    /// Not from this account.
    record Stop(SolverCode code, @Nullable String detail) implements Submission {}

    /// Perhaps taken. Never posted again.
    record Uncertain(String why) implements Submission {}

    /// The solver could not even be asked.
    String UNAVAILABLE = "SOLVER_UNAVAILABLE";

    Pause UNREACHABLE = Pause.growing(Duration.ofSeconds(2));

    static Submission of(Reply reply) {
        return switch (reply) {
            case Reply.NeverSent never -> new AskAgain(UNAVAILABLE, "no connection: " + never.why(), UNREACHABLE);
            case Reply.MaybeSent maybe -> new Uncertain(maybe.why());
            case Reply.Answered answered -> of(answered);
        };
    }

    private static Submission of(Reply.Answered reply) {
        if (reply.status() == TooManyRequests.STATUS) {
            return TooManyRequests.asked(reply);
        }
        if (reply.status() / 100 == 5) {
            return new Uncertain("HTTP " + reply.status());
        }
        return switch (AnswerReader.read(reply.body())) {
            case SolverAnswer.Coded coded -> of(coded);
            case SolverAnswer.Granted granted when reply.isSuccess() -> taken(granted);
            case SolverAnswer.Granted _, SolverAnswer.Bare _ -> new Uncertain("HTTP " + reply.status() + ", no answer");
            case SolverAnswer.Unknown unknown -> new Uncertain("HTTP " + reply.status() + ", " + unknown.why());
        };
    }

    private static Submission of(SolverAnswer.Coded coded) {
        var code = SolverCode.of(coded.code());
        return switch (code.meaning()) {
            case FINAL -> new Refused(coded.code(), coded.detail());
            case WAIT -> new AskAgain(coded.code(), coded.detail(), Pause.of(code));
            case STOP -> new Stop(code, coded.detail());
            case UNCERTAIN, NOT_READY -> new Uncertain(coded.code());
        };
    }

    private static Submission taken(SolverAnswer.Granted granted) {
        return taskId(granted).<Submission>map(Accepted::new).orElseGet(() -> new Uncertain("no task id"));
    }

    /// Digits at most solvers, with or without quotes.
    private static Optional<TaskId> taskId(SolverAnswer.Granted granted) {
        var value = granted.value();
        var text = value.isIntegralNumber() ? value.bigIntegerValue().toString() : value.asText("");
        try {
            return SolverCode.isCode(text) ? Optional.empty() : Optional.of(new TaskId(text));
        } catch (InvalidEvent e) {
            return Optional.empty();
        }
    }
}
