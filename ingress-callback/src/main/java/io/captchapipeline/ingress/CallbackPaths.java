package io.captchapipeline.ingress;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where callbacks arrive. A ticket is the one segment behind a base path.
final class CallbackPaths {
    private static final List<String> BASES = List.of("/callback", "/pingback");

    private CallbackPaths() {}

    /// The base that this path is, or stands below by one segment; null when it is no callback's.
    static @Nullable String baseOf(@Nullable String path) {
        for (var base : BASES) {
            if (path != null && path.startsWith(base) && isBaseOrSegmentBelow(path, base.length())) {
                return base;
            }
        }
        return null;
    }

    /// The part of a path that may be written anywhere.
    static String withoutSecrets(@Nullable String path) {
        for (var base : BASES) {
            if (path != null && path.startsWith(base)) {
                return path.length() == base.length() ? base : base + "/***";
            }
        }
        return "***";
    }

    private static boolean isBaseOrSegmentBelow(String path, int length) {
        return path.length() == length || (path.charAt(length) == '/' && path.indexOf('/', length + 1) < 0);
    }
}
