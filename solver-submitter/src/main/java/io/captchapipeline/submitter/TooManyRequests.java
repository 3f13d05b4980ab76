package io.captchapipeline.submitter;

import io.captchapipeline.schemas.solver.SolverCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// HTTP 429: a refusal whatever its body says, with the code in it where there is one, and for as long as its
/// `Retry-After` asks for.
final class TooManyRequests {
    static final int STATUS = 429;

    private static final SolverCode UNNAMED = SolverCode.of("ERROR_TOO_MUCH_REQUESTS");
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private TooManyRequests() {}

    static Submission asked(Reply.Answered reply) {
        if (AnswerReader.read(reply.body()) instanceof SolverAnswer.Coded coded) {
            var code = SolverCode.of(coded.code());
            return switch (code.meaning()) {
                case STOP -> new Submission.Stop(code, coded.detail());
                case WAIT -> again(reply, code, coded.detail());
                case FINAL, UNCERTAIN, NOT_READY -> again(reply, UNNAMED, coded.detail());
            };
        }
        return again(reply, UNNAMED, "HTTP " + STATUS);
    }

    private static Submission again(Reply.Answered reply, SolverCode code, @Nullable String detail) {
        var pause = reply.retryAfter()
                .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait)
                .filter(Duration::isPositive)
                .map(Pause::growing)
                .orElseGet(() -> Pause.of(code));
        return new Submission.AskAgain(code.code(), detail, pause);
    }
}
