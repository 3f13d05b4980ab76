package io.captchapipeline.submitter;

import io.captchapipeline.schemas.solver.SolverCode;
import java.util.Locale;
import java.util.Set;

/// The two ways to ask for a solution. `get2` tells the price too, and not every solver knows it.
enum PollAction {
    GET,
    GET2;

    private static final Set<String> DOES_NOT_KNOW =
            Set.of("ERROR_BAD_PARAMETERS", "ERROR_EMPTY_ACTION", "ERROR_NO_SUCH_METHOD");

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether the solver does not know this action, or answers it so that a price cannot be told from a solution.
    boolean isMisunderstood(Reply reply) {
        return this == GET2
                && reply instanceof Reply.Answered answered
                && answered.status() / 100 != 5
                && switch (AnswerReader.read(answered.body())) {
                    case SolverAnswer.Granted granted -> granted.isPlain();
                    case SolverAnswer.Coded coded -> isAboutTheAction(coded.code());
                    case SolverAnswer.Bare _, SolverAnswer.Unknown _ -> true;
                };
    }

    private static boolean isAboutTheAction(String code) {
        var isKnown = SolverCode.known().containsKey(code) || code.startsWith("ERROR: ");
        return DOES_NOT_KNOW.contains(code) || !isKnown;
    }
}
