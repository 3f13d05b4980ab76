package io.captchapipeline.ingress;

import java.util.Locale;

/// Why a callback was not taken: the sender has to change something.
enum Refusal {
    MISSING_FIELD(400, "Missing id or code"),
    BAD_ID(400, "id is not of the expected form"),
    CODE_TOO_LONG(400, "code is longer than 64 KiB"),
    REPEATED_FIELD(400, "id, code and rate may be given once only"),
    MALFORMED(400, "the request is malformed: not valid UTF-8, percent-encoding or JSON"),
    NO_TICKET(403, "this callback URL has no ticket"),
    FORGED_TICKET(403, "the ticket of this callback URL is not one of ours"),
    EXPIRED_TICKET(403, "the ticket of this callback URL has expired"),
    ADDRESS(403, "callbacks are not accepted from this address"),
    UNKNOWN_PATH(404, "there is nothing here; callbacks go to /callback/TICKET"),
    METHOD(405, "callbacks come by GET or POST"),
    TOO_LARGE(413, "the body is too large"),
    URI_TOO_LONG(414, "the request line is longer than 80 KiB"),
    MEDIA_TYPE(415, "a body is application/x-www-form-urlencoded or application/json, in UTF-8"),
    HEADERS_TOO_LARGE(431, "the headers are too large");

    private final int status;
    private final String text;

    Refusal(int status, String text) {
        this.status = status;
        this.text = text;
    }

    int status() {
        return status;
    }

    /// What the sender is told.
    String text() {
        return text;
    }

    /// As it is written in metrics and heartbeats.
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
