package io.captchapipeline.submitter;

import java.util.Locale;

/// Why a request was not posted, and never will be by this record.
enum NotPosted {
    /// Its params are wrong.
    INVALID,
    /// Its deadline has passed; the ledger ends it.
    TOO_LATE,
    /// Its deadline passed between the commit of its attempt and the post.
    TOO_LATE_TO_POST;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
