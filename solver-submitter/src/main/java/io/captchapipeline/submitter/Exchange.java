package io.captchapipeline.submitter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.kit.settings.Secret;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One request to the solver and what comes of it. It knows the one moment that matters: before a connection stands
/// nothing has been sent, from then on anything may have been.
final class Exchange {
    private static final int MOST_BYTES = 1024 * 1024;
    private static final int SHORTEST_KEY = 16;

    private final CompletableFuture<Reply> reply = new CompletableFuture<>();
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.CONNECTING);
    private final Buffer body;
    private final Secret key;
    private volatile @Nullable HttpClientRequest request;

    private enum Stage {
        CONNECTING,
        SENT,
        /// Given up while connecting: a connection that comes later is not used.
        GIVEN_UP
    }

    Exchange(Buffer body, Secret key) {
        this.body = body;
        this.key = key;
    }

    void connected(AsyncResult<HttpClientRequest> connection) {
        if (connection.failed()) {
            reply.complete(new Reply.NeverSent(word(connection.cause())));
        } else if (stage.compareAndSet(Stage.CONNECTING, Stage.SENT)) {
            send(connection.result());
        } else {
            connection.result().reset();
        }
    }

    /// Waits for it, at most this long.
    Reply reply(Duration patience) {
        try {
            return reply.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return giveUp("no answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return giveUp("interrupted");
        } catch (ExecutionException e) {
            return giveUp("failure of the client");
        }
    }

    private Reply giveUp(String why) {
        if (stage.compareAndSet(Stage.CONNECTING, Stage.GIVEN_UP)) {
            return new Reply.NeverSent(why);
        }
        var sent = request;
        if (sent != null) {
            sent.reset();
        }
        return new Reply.MaybeSent(why);
    }

    private void send(HttpClientRequest sent) {
        request = sent;
        sent.response().onSuccess(this::receive).onFailure(this::lost);
        sent.exceptionHandler(this::lost);
        if (body.length() > 0) {
            sent.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        }
        sent.end(body);
    }

    private void receive(HttpClientResponse response) {
        var received = Buffer.buffer();
        response.exceptionHandler(this::lost);
        response.handler(part -> {
            received.appendBuffer(part);
            if (received.length() > MOST_BYTES) {
                reply.complete(new Reply.MaybeSent("an answer over " + MOST_BYTES + " bytes"));
                response.request().reset();
            }
        });
        response.endHandler(_ -> reply.complete(answered(response, received)));
    }

    private Reply answered(HttpClientResponse response, Buffer received) {
        var text = withoutKey(received.toString(UTF_8));
        return new Reply.Answered(response.statusCode(), text, retryAfter(response.getHeader("Retry-After")));
    }

    /// Some solvers echo what they were sent. A word too short for a key would blot out half of a solution.
    private String withoutKey(String text) {
        return key.value().length() < SHORTEST_KEY ? text : text.replace(key.value(), Secret.HIDDEN);
    }

    private void lost(Throwable problem) {
        reply.complete(new Reply.MaybeSent("connection lost, " + word(problem)));
    }

    /// In seconds; the form with a date is not worth the trouble.
    private static Optional<Duration> retryAfter(@Nullable String header) {
        return header != null && header.matches("\\d{1,6}")
                ? Optional.of(Duration.ofSeconds(Integer.parseInt(header)))
                : Optional.empty();
    }

    /// Never the problem's own message: it may quote the URL.
    private static String word(Throwable problem) {
        return switch (problem) {
            case UnknownHostException _ -> "host not found";
            case ConnectException _ -> "connection refused or timed out";
            case SSLException _ -> "TLS handshake failed";
            default -> problem.getClass().getSimpleName();
        };
    }
}
