package io.captchapipeline.sandbox;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/// One accepted submission. Times are milliseconds since 1970.
///
/// @param pingback null without one, and once nothing more is to be sent there
/// @param solvedAt when it ends, one way or the other
/// @param error what it ends with; null for an answer
/// @param callbacks what its callbacks say, one digit each: 0 the answer, 1 another one
/// @param called how many of them are over, answered or given up
/// @param ended whether `solvedAt` was reached
/// @param polls how often it was asked for
record Task(
        long id,
        Kind kind,
        Caller caller,
        @Nullable String pingback,
        long acceptedAt,
        long solvedAt,
        @Nullable String error,
        String callbacks,
        int called,
        boolean ended,
        boolean reported,
        int polls) {

    static Task accepted(
            long id,
            Submission.Sound submission,
            long acceptedAt,
            long solvedAt,
            @Nullable String error,
            String callbacks) {
        return new Task(
                id,
                submission.kind(),
                submission.caller(),
                submission.pingback(),
                acceptedAt,
                solvedAt,
                error,
                submission.pingback() == null ? "" : callbacks,
                0,
                false,
                false,
                0);
    }

    Task end() {
        return new Task(
                id, kind, caller, pingback, acceptedAt, solvedAt, error, callbacks, called, true, reported, polls);
    }

    /// One more callback is over.
    Task callOver() {
        int over = called + 1;
        var still = over < callbacks.length() ? pingback : null;
        return new Task(id, kind, caller, still, acceptedAt, solvedAt, error, callbacks, over, ended, reported, polls);
    }

    Task polled() {
        return new Task(
                id, kind, caller, pingback, acceptedAt, solvedAt, error, callbacks, called, ended, reported, polls + 1);
    }

    Task report() {
        return new Task(id, kind, caller, pingback, acceptedAt, solvedAt, error, callbacks, called, ended, true, polls);
    }

    /// Whether nothing more happens to it by itself.
    @JsonIgnore
    boolean isFinished() {
        return ended && called >= callbacks.length();
    }

    @JsonIgnore
    boolean hasFailed() {
        return error != null;
    }

    Answer answer(int variant) {
        return Answers.of(kind, id, variant);
    }

    /// The `code` of the callback that is next.
    String nextCode() {
        int variant = callbacks.charAt(called) - '0';
        return error != null && variant == 0 ? error : answer(variant).plain();
    }
}
