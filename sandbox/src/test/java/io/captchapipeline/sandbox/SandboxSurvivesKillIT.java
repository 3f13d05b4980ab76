package io.captchapipeline.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A sandbox that is killed five times while it works.
class SandboxSurvivesKillIT {
    private static final int KILLS = 5;
    private static final int SUBMISSIONS_A_ROUND = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path dir;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> answered = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void what_was_answered_is_known_and_called_back_after_a_kill() throws Exception {
        try (var receiver = new Receiver()) {
            for (int round = 0; round < KILLS; round++) {
                var process = start(round);
                try {
                    int port = port(round);
                    behave(port);
                    submitUntilKilled(port, receiver, process);
                } finally {
                    process.destroyForcibly().waitFor();
                }
            }
            var last = start(KILLS);
            try {
                check(port(KILLS), receiver);
            } finally {
                last.destroyForcibly().waitFor();
            }
        }
    }

    private void check(int port, Receiver receiver) throws Exception {
        await().atMost(PATIENCE).until(() -> {
            var report = report(port);
            return report.get("solved").longValue() == report.get("accepted").longValue();
        });
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(receiver.callbacks.stream().map(Receiver.Callback::id))
                        .containsAll(answered.keySet()));
        var report = report(port);
        assertThat(answered).hasSizeGreaterThan(KILLS * 50);
        assertThat(answered.keySet()).allMatch(id -> id.matches("77[0-9]{9}"));
        assertThat(report.get("accepted").longValue()).isBetween((long) answered.size(), (long) asked.get());
        for (var request : answered.values()) {
            assertThat(report.at("/by_request/" + request + "/attempts/1").intValue())
                    .as(request)
                    .isEqualTo(1);
        }
        for (var id : answered.keySet()) {
            assertThat(text(port, "/res.php?action=get&key=" + TestSandbox.KEY + "&id=" + id))
                    .startsWith("OK|");
        }
        assertThat(text(port, "/sandbox/behaviour")).contains("\"balance\":" + balance(report));
    }

    private static String balance(JsonNode report) {
        return new BigDecimal("1000")
                .subtract(Kind.RECAPTCHA_V2
                        .price()
                        .multiply(BigDecimal.valueOf(report.get("accepted").longValue())))
                .toPlainString();
    }

    /// Kills it while many submissions are under way.
    private void submitUntilKilled(int port, Receiver receiver, Process process) throws InterruptedException {
        var slots = new Semaphore(32);
        var good = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; process.isAlive(); i++) {
                slots.acquire();
                var request = "r-" + asked.getAndIncrement();
                threads.execute(() -> submit(port, receiver, request, good, slots));
                if (good.get() > SUBMISSIONS_A_ROUND / 2 || i > SUBMISSIONS_A_ROUND) {
                    process.destroyForcibly();
                }
            }
        }
    }

    private void submit(int port, Receiver receiver, String request, AtomicInteger good, Semaphore slots) {
        try {
            var pingback = receiver.url("/callback/" + TestSandbox.ticket(request, 1));
            var answer = text(
                    port,
                    "/in.php?key=" + TestSandbox.KEY + "&"
                            + TestSandbox.form(
                                    "method",
                                    "userrecaptcha",
                                    "googlekey",
                                    "6L",
                                    "pageurl",
                                    "https://h/",
                                    "pingback",
                                    pingback));
            answered.put(answer.substring(3), request);
            good.incrementAndGet();
        } catch (IOException | InterruptedException e) {
            // Killed: nobody was told anything.
        } finally {
            slots.release();
        }
    }

    private void behave(int port) throws IOException, InterruptedException {
        var body = "{\"solve_ms\":[0,500]" + (asked.get() == 0 ? ",\"balance\":1000}" : "}");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/sandbox/behaviour"))
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    private JsonNode report(int port) throws IOException, InterruptedException {
        return Json.parse(text(port, "/sandbox/tasks").getBytes(UTF_8));
    }

    private String text(int port, String target) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private Process start(int round) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var log = dir.resolve("log-" + round).toFile();
        return new ProcessBuilder(List.of(
                        java,
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SandboxMain.class.getName(),
                        dir.resolve("data").toString(),
                        portFile(round).toString()))
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }

    private int port(int round) throws IOException {
        await().atMost(PATIENCE).until(() -> Files.exists(portFile(round)));
        return Integer.parseInt(Files.readString(portFile(round)));
    }

    private Path portFile(int round) {
        return dir.resolve("port-" + round);
    }
}
