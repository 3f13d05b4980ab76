package io.captchapipeline.ingress;

/// Ends the reading of a callback that is not taken. Made for every malformed request: it has no stack trace.
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Refusal refusal;

    Refused(Refusal refusal) {
        super(refusal.text(), null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
