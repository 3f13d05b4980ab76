package io.captchapipeline.client;

/// A request ended without a solution, and whoever asked had no use for anything else.
public final class NotSolved extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Answer.Failed answer;

    NotSolved(Answer.Failed answer) {
        super(answer.requestId() + ": " + answer.error()
                + answer.detail().map(detail -> " (" + detail + ")").orElse(""));
        this.answer = answer;
    }

    public Answer.Failed answer() {
        return answer;
    }
}
