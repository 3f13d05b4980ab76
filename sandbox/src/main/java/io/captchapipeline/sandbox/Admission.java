package io.captchapipeline.sandbox;

import io.captchapipeline.schemas.solver.SolverCode;
import io.captchapipeline.schemas.solver.SolverCode.Meaning;

/// What becomes of a sound submission.
///
/// @param entry what is kept of it before the reply goes out
/// @param callsBackFirst whether the task ends at once, and its callback is answered before the reply goes out
record Admission(Entry entry, InReply reply, boolean callsBackFirst) {

    static Admission of(Submission.Sound submission, State state, long now) {
        var behaviour = state.behaviour();
        var key = submission.caller().key();
        var fate = Fate.of(behaviour, key, state.asked(key));
        if (fate.breaks() && !fate.breaksAfter()) {
            return turned(key, broken(fate));
        }
        if (fate.fails() && isAboutTheAccount(behaviour.errorCode())) {
            return turned(key, new InReply.Refused(behaviour.errorCode()));
        }
        if (behaviour.balance().compareTo(submission.kind().price()) < 0) {
            return turned(key, new InReply.Refused(Codes.ZERO_BALANCE));
        }
        if (fate.noSlot() || state.isFull()) {
            return turned(key, new InReply.Refused(Codes.NO_SLOT));
        }
        return accepted(submission, fate, behaviour, state.nextId(), now);
    }

    private static Admission accepted(Submission.Sound submission, Fate fate, Behaviour behaviour, long id, long now) {
        var error = fate.fails() ? behaviour.errorCode() : null;
        boolean first = fate.callsBackFirst()
                && submission.pingback() != null
                && !fate.callbacks().isEmpty();
        long solvedAt = first ? now : now + fate.solveMs();
        var task = Task.accepted(id, submission, now, solvedAt, error, fate.callbacks());
        return new Admission(new Entry.Accepted(task), reply(fate, id), first);
    }

    private static InReply reply(Fate fate, long id) {
        if (fate.losesReply()) {
            return new InReply.Lost();
        }
        return fate.breaks() ? broken(fate) : new InReply.Taken(id);
    }

    private static Admission turned(String key, InReply reply) {
        return new Admission(new Entry.Turned(key), reply, false);
    }

    private static InReply broken(Fate fate) {
        return new InReply.Broken(fate.page());
    }

    /// Such a code is told before anything is accepted.
    private static boolean isAboutTheAccount(String code) {
        return SolverCode.of(code).meaning() != Meaning.FINAL;
    }
}
