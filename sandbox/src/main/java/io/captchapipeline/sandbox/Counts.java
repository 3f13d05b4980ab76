package io.captchapipeline.sandbox;

/// What happened since the sandbox was new.
record Counts(long accepted, long solved, long failed, long callbacksSent, long callbacksAcknowledged, long polls) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    Counts withAccepted() {
        return new Counts(accepted + 1, solved, failed, callbacksSent, callbacksAcknowledged, polls);
    }

    Counts withEnded(boolean failure) {
        return new Counts(
                accepted,
                solved + (failure ? 0 : 1),
                failed + (failure ? 1 : 0),
                callbacksSent,
                callbacksAcknowledged,
                polls);
    }

    Counts withCallback(boolean acknowledged) {
        return new Counts(
                accepted, solved, failed, callbacksSent + 1, callbacksAcknowledged + (acknowledged ? 1 : 0), polls);
    }

    Counts withPoll() {
        return new Counts(accepted, solved, failed, callbacksSent, callbacksAcknowledged, polls + 1);
    }
}
