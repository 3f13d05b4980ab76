package io.captchapipeline.alerting.tell;

import io.captchapipeline.schemas.event.AlertName;

/// Where it is written what to do about an alert.
final class Runbooks {
    private static final String BASE = "docs/runbooks/";

    private Runbooks() {}

    static String of(AlertName alert) {
        return BASE + alert.wire() + ".md";
    }
}
