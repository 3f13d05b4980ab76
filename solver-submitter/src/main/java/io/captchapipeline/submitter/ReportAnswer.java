package io.captchapipeline.submitter;

import io.captchapipeline.schemas.solver.SolverCode;

/// What the solver said to a report.
sealed interface ReportAnswer {
    record Recorded() implements ReportAnswer {}

    /// It came too late, or twice, or is not believed.
    record NotRecorded(String code) implements ReportAnswer {}

    record AccountRefused(SolverCode code) implements ReportAnswer {}

    /// Nobody knows; saying it again does no harm.
    record Nothing() implements ReportAnswer {}

    String OK = "OK_REPORT_RECORDED";

    static ReportAnswer of(Reply reply) {
        return reply instanceof Reply.Answered answered ? of(answered) : new Nothing();
    }

    private static ReportAnswer of(Reply.Answered reply) {
        return switch (AnswerReader.read(reply.body())) {
            case SolverAnswer.Coded coded -> of(SolverCode.of(coded.code()));
            case SolverAnswer.Granted _ when reply.isSuccess() -> new Recorded();
            case SolverAnswer.Bare(var text) when reply.isSuccess() && text.equals(OK) -> new Recorded();
            case SolverAnswer.Granted _, SolverAnswer.Bare _, SolverAnswer.Unknown _ -> new Nothing();
        };
    }

    private static ReportAnswer of(SolverCode code) {
        return switch (code.meaning()) {
            case FINAL -> new NotRecorded(code.code());
            case STOP -> new AccountRefused(code);
            case WAIT, UNCERTAIN, NOT_READY -> new Nothing();
        };
    }
}
