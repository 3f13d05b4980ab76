package io.captchapipeline.submitter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.captchapipeline.schemas.solver.SolverCode;
import java.math.BigDecimal;

/// What the solver said when it was asked for our balance.
sealed interface BalanceAnswer {
    record Amount(BigDecimal amount) implements BalanceAnswer {}

    /// The account is refused.
    record Stop(SolverCode code) implements BalanceAnswer {}

    /// No balance this time.
    record Nothing() implements BalanceAnswer {}

    static BalanceAnswer of(Reply reply) {
        return reply instanceof Reply.Answered answered ? of(answered) : new Nothing();
    }

    private static BalanceAnswer of(Reply.Answered reply) {
        return switch (AnswerReader.read(reply.body())) {
            case SolverAnswer.Coded coded -> of(SolverCode.of(coded.code()));
            case SolverAnswer.Granted granted when reply.isSuccess() -> amount(granted.value());
            case SolverAnswer.Bare bare when reply.isSuccess() -> amount(TextNode.valueOf(bare.text()));
            case SolverAnswer.Granted _, SolverAnswer.Bare _, SolverAnswer.Unknown _ -> new Nothing();
        };
    }

    private static BalanceAnswer of(SolverCode code) {
        return switch (code.meaning()) {
            case STOP -> new Stop(code);
            case FINAL, WAIT, UNCERTAIN, NOT_READY -> new Nothing();
        };
    }

    private static BalanceAnswer amount(JsonNode value) {
        return AnswerReader.decimal(value).<BalanceAnswer>map(Amount::new).orElseGet(Nothing::new);
    }
}
