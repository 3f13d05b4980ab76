package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.event.Result;

/// Enough of an answer to recognise it: the attempt it was for, 1 where that is not said, and 32 bits of a digest.
public record Answer(int attempt, int digest) {
    static Answer of(Result result) {
        var attempt = result.attempt();
        return of(attempt == null ? 1 : attempt, result);
    }

    static Answer of(int attempt, Result result) {
        return new Answer(
                attempt,
                switch (result) {
                    case Result.Solved solved ->
                        Digest.of("solved", solved.solution().text()).small();
                    case Result.Failed failed ->
                        Digest.of("failed", failed.error()).small();
                });
    }

    /// What another answer is beside this one, which counted.
    Counted besides(Answer other) {
        if (attempt != other.attempt) {
            return Counted.LATE_ANSWER;
        }
        return digest == other.digest ? Counted.DUPLICATE_ANSWER : Counted.CONFLICTING_ANSWER;
    }
}
