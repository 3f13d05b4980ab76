package io.captchapipeline.alerting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.captchapipeline.alerting.judge.Figure;
import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.http.TimedCall;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Asks `/health/callbacks` from outside, as a solver would reach it. That callbacks are stale is no fault of the
/// endpoint: it answers.
final class Prober implements Running {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final double MILLIS = 1000;
    private static final int MOST_BYTES = 64 * 1024;
    private static final Set<String> KNOWN = Set.of("healthy", "stale", "degraded");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final Optional<URI> url;
    private final Duration every;
    private final String instance;
    private final InstantSource clock;
    private final Duration patience;
    private volatile Figure.@Nullable Probe last;
    private @Nullable Thread thread;

    /// @param url nothing is probed without one
    Prober(Optional<URI> url, Duration every, String instance, InstantSource clock) {
        this(url, every, instance, clock, PATIENCE);
    }

    /// @param patience with one probe
    Prober(Optional<URI> url, Duration every, String instance, InstantSource clock, Duration patience) {
        this.url = url;
        this.every = every;
        this.instance = instance;
        this.clock = clock;
        this.patience = patience;
    }

    /// What the last probe found.
    Figure.@Nullable Probe last() {
        return last;
    }

    @Override
    public void start() {
        url.ifPresent(target -> thread = Thread.ofVirtual().name("prober").start(() -> run(target)));
    }

    @Override
    public void close() {
        var running = thread;
        if (running != null) {
            running.interrupt();
        }
        client.shutdownNow();
    }

    private void run(URI target) {
        try {
            while (true) {
                var fault = fault(target);
                last = new Figure.Probe(instance, clock.instant(), fault.orElse(null));
                Thread.sleep(every);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What is wrong with the endpoint; names no address.
    Optional<String> fault(URI target) throws InterruptedException {
        var request = HttpRequest.newBuilder(target).build();
        var body = HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MOST_BYTES);
        try {
            var answer = TimedCall.send(client, request, body, patience);
            return fault(answer.statusCode(), status(answer.body()));
        } catch (HttpTimeoutException e) {
            return Optional.of("no answer within " + patience.toMillis() / MILLIS + " s");
        } catch (ConnectException e) {
            return Optional.of("connection refused");
        } catch (IOException e) {
            return Optional.of("the answer broke off, or is far too long");
        }
    }

    private static Optional<String> fault(int code, String status) {
        if (code == 503 && status.equals("stale")) {
            return Optional.empty();
        }
        if (code == 200 && status.equals("healthy")) {
            return Optional.empty();
        }
        return Optional.of(
                KNOWN.contains(status)
                        ? "it answers " + code + " and calls itself " + status
                        : "it answers " + code + " with another body");
    }

    private static String status(byte[] body) throws IOException {
        try {
            return MAPPER.readTree(body).path("status").asText();
        } catch (JsonProcessingException e) {
            return "";
        }
    }
}
