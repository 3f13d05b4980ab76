package io.captchapipeline.alerting.tell;

import io.captchapipeline.schemas.event.AlertName;
import java.net.URI;
import java.util.Optional;

/// Where it is written what to do about an alert.
///
/// @param base where the people who are told can read docs/runbooks, if anywhere
public record Runbooks(Optional<URI> base) {
    private static final String IN_THE_REPOSITORY = "docs/runbooks";

    /// A link if there is a base, else where the page lies in the repository.
    String of(AlertName alert) {
        return base.map(URI::toString).orElse(IN_THE_REPOSITORY).replaceFirst("/$", "") + "/" + alert.wire() + ".md";
    }
}
