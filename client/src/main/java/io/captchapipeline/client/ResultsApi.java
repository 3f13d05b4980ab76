package io.captchapipeline.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.captchapipeline.client.CaptchaException.Reason;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.wire.UnreadableRecord;
import io.captchapipeline.schemas.wire.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks the results API of the router, over and over where one request may not wait long enough.
final class ResultsApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private static final Duration BETWEEN_WAITS = Duration.ofMillis(100);

    private final URI url;
    private final Optional<String> token;
    private final Duration patience;
    private final HttpClient http;

    ResultsApi(URI url, Optional<String> token, Duration patience) {
        this.url = url;
        this.token = token;
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .build();
    }

    /// @throws CaptchaException when it does not answer, or refuses
    Lookup get(RequestId id, Duration wait) {
        var until = System.nanoTime() + wait.toNanos();
        while (true) {
            var left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
            var answer = ask(id, shorter(left, LONGEST_WAIT));
            var known = read(id, answer);
            var isOver = until - System.nanoTime() <= 0;
            if (known != null && (isOver || !isOpen(known))) {
                return known;
            }
            if (isOver) {
                throw problem(Reason.UNAVAILABLE, "cannot tell now (503), ask again later", null);
            }
            pause(known == null ? askedPause(answer) : BETWEEN_WAITS, until);
        }
    }

    private HttpResponse<byte[]> ask(RequestId id, Duration wait) {
        var path = "/results/" + id + (wait.isZero() ? "" : "?wait=" + wait.toMillis() + "ms");
        var request = HttpRequest.newBuilder(URI.create(base() + path)).timeout(wait.plus(patience));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw problem(Reason.UNAVAILABLE, "does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw problem(Reason.UNAVAILABLE, "was not waited for", e);
        }
    }

    /// Null while nobody can tell.
    private @Nullable Lookup read(RequestId id, HttpResponse<byte[]> answer) {
        return switch (answer.statusCode()) {
            case 200 -> found(id, answer.body());
            case 202 -> new Lookup.Pending(id);
            case 404 -> new Lookup.Unknown(id);
            case 503 -> null;
            case 401, 403 -> throw problem(Reason.REFUSED, "wants another token: ClientConfig.apiToken", null);
            default -> throw problem(Reason.REFUSED, "answers " + answer.statusCode(), null);
        };
    }

    private Lookup found(RequestId id, byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            return json.path("expired").asBoolean()
                    ? new Lookup.Expired(id)
                    : new Lookup.Answered(Answer.of(Wire.decode(Outcome.class, body)));
        } catch (IOException | UnreadableRecord e) {
            throw problem(Reason.REFUSED, "answers what is no outcome; is it another service?", null);
        }
    }

    private static Duration askedPause(HttpResponse<byte[]> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,4}"))
                .map(seconds -> shorter(Duration.ofSeconds(Long.parseLong(seconds)), LONGEST_PAUSE))
                .orElse(Duration.ofSeconds(1));
    }

    private void pause(Duration time, long until) {
        try {
            TimeUnit.NANOSECONDS.sleep(Math.min(time.toNanos(), until - System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw problem(Reason.UNAVAILABLE, "was not waited for", e);
        }
    }

    private String base() {
        var text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private CaptchaException problem(Reason reason, String what, @Nullable Throwable cause) {
        return new CaptchaException(reason, "The results API at " + url + " " + what, cause);
    }

    private static boolean isOpen(Lookup known) {
        return known instanceof Lookup.Pending || known instanceof Lookup.Unknown;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
