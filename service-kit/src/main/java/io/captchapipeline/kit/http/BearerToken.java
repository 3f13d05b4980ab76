package io.captchapipeline.kit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.kit.settings.Secret;
import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets in whoever brings the API token; everybody, while there is none.
public final class BearerToken {

    private static final String SCHEME = "Bearer ";

    private final Optional<Secret> token;

    public BearerToken(Optional<Secret> token) {
        this.token = token;
    }

    /// Takes equally long whatever is brought.
    public boolean admits(HttpServerRequest request) {
        return token.map(expected -> matches(expected, request.getHeader("Authorization")))
                .orElse(true);
    }

    /// The answer to whoever is not let in.
    public static void refuse(HttpServerRequest request) {
        request.response().putHeader("WWW-Authenticate", "Bearer");
        Problem.answer(request.response(), 401, "Send the API_TOKEN as a bearer token");
    }

    private static boolean matches(Secret expected, @Nullable String authorization) {
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        expected.bytes(),
                        authorization.substring(SCHEME.length()).strip().getBytes(UTF_8));
    }
}
