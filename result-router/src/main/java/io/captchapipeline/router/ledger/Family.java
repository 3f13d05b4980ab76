package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.event.Method;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Kinds of methods that behave alike. An unknown method is taken for one that yields a token.
enum Family {
    IMAGE,
    TEXT,
    TOKEN;

    private static final Set<String> IMAGES = Set.of("post", "base64", "image", "bls", "rotatecaptcha");
    private static final Set<String> TEXTS = Set.of("text", "textcaptcha", "audio");

    static Family of(@Nullable Method method) {
        if (method == null) {
            return TOKEN;
        }
        var name = method.value();
        return IMAGES.contains(name) ? IMAGE : TEXTS.contains(name) ? TEXT : TOKEN;
    }

    /// As settings name it.
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
