package io.captchapipeline.ingress;

import java.util.Locale;

/// Why a good callback could not be stored: it is ours to mend, and the sender may come again.
enum Failure {
    /// The broker did not confirm in time.
    NOT_CONFIRMED,
    /// As many callbacks as we hold are waiting for the broker.
    TOO_MANY_IN_FLIGHT,
    /// The broker, or the producer, refused the record.
    NOT_STORED;

    /// As it is written in metrics, heartbeats and health.
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
