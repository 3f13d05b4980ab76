package io.captchapipeline.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A sandbox on a port of its own, and a client of its wire.
final class TestSandbox implements AutoCloseable {
    static final String KEY = "0123456789abcdef0123456789abcdef";
    static final Tuning IMPATIENT = new Tuning(
            Tuning.DEFAULT.clock(),
            Bounds.DEFAULT,
            Tuning.DEFAULT.segmentBytes(),
            Duration.ofMillis(20),
            Duration.ofSeconds(5));

    /// As fast as it gets, and nothing goes wrong.
    static final Behaviour AT_ONCE = Behaviour.DEFAULT.with("solve_ms", new int[] {0, 0});

    final Sandbox sandbox;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    TestSandbox(Path dir, Behaviour behaviour) {
        this(dir, behaviour, IMPATIENT);
    }

    TestSandbox(Path dir, Behaviour behaviour, Tuning tuning) {
        this(Sandbox.start(new SandboxConfig(dir, "127.0.0.1", 0), tuning));
        sandbox.behaviour(behaviour);
    }

    /// One that is running already.
    TestSandbox(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /// A form of names and values in turn.
    static String form(Object... fields) {
        var pairs = new ArrayList<String>();
        for (int i = 0; i < fields.length; i += 2) {
            pairs.add(encoded(fields[i]) + "=" + encoded(fields[i + 1]));
        }
        return String.join("&", pairs);
    }

    URI url(String target) {
        return URI.create("http://127.0.0.1:" + sandbox.port() + target);
    }

    HttpResponse<String> get(String target) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(url(target)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String target, String contentType, String body)
            throws IOException, InterruptedException {
        return send(method, target, contentType, body.getBytes(UTF_8));
    }

    HttpResponse<String> send(String method, String target, String contentType, byte[] body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(url(target))
                        .header("Content-Type", contentType)
                        .method(method, BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /// By POST, with a good key.
    HttpResponse<String> in(Object... fields) throws IOException, InterruptedException {
        return inAsync(fields).join();
    }

    CompletableFuture<HttpResponse<String>> inAsync(Object... fields) {
        return http.sendAsync(
                HttpRequest.newBuilder(url("/in.php"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("key=" + KEY + "&" + form(fields)))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> recaptcha(Object... more) throws IOException, InterruptedException {
        return recaptchaAsync(more).join();
    }

    CompletableFuture<HttpResponse<String>> recaptchaAsync(Object... more) {
        var fields = new ArrayList<Object>(
                List.of("method", "userrecaptcha", "googlekey", "6Le-x", "pageurl", "https://example.com/"));
        fields.addAll(List.of(more));
        return inAsync(fields.toArray());
    }

    /// The id of a reCAPTCHA that the sandbox takes.
    String task(Object... more) throws IOException, InterruptedException {
        return recaptcha(more).body().replaceFirst("^OK\\|", "");
    }

    String res(Object... fields) throws IOException, InterruptedException {
        return get("/res.php?key=" + KEY + "&" + form(fields)).body();
    }

    JsonNode json(Object... fields) throws IOException, InterruptedException {
        return Json.parse(res(fields).getBytes(UTF_8));
    }

    static String ticket(String request, int attempt) {
        return "v1~" + request + "~" + attempt + "~userrecaptcha~login~1800000000~1800086400~GoeXq_T4p2ed0ZCf5yWoHg";
    }

    private static String encoded(Object value) {
        return URLEncoder.encode(value.toString(), UTF_8);
    }

    @Override
    public void close() {
        http.shutdownNow();
        sandbox.close();
    }
}
