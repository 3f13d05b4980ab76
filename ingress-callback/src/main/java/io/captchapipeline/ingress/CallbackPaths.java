package io.captchapipeline.ingress;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where callbacks arrive. A ticket is the one segment behind a base path.
final class CallbackPaths {
    static final List<String> BASES = List.of("/callback", "/pingback");

    private CallbackPaths() {}

    /// The part of a path that may be written anywhere.
    static String withoutSecrets(@Nullable String path) {
        for (var base : BASES) {
            if (path != null && path.startsWith(base)) {
                return path.length() == base.length() ? base : base + "/***";
            }
        }
        return "***";
    }
}
