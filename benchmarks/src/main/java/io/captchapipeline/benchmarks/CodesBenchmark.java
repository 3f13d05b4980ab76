package io.captchapipeline.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.broker.FreePort;
import io.captchapipeline.ingress.IngressCallback;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/// Callbacks with small and with ever larger codes: whether one is refused, and what stays of them in the ingress's
/// memory once they are answered.
final class CodesBenchmark {
    private static final List<Integer> SIZES = List.of(10, 1024, 16 * 1024, 64 * 1024);
    private static final int AT_ONCE = 32;
    private static final long FIRST_TASK = 7_000_000_000L;
    private static final double MIB = 1024.0 * 1024;
    private static final double KEPT = 0.01;
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +[0-9]+ +([0-9]+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final int count;
    private long task = FIRST_TASK;
    private int bad;

    /// @param count callbacks of each size
    CodesBenchmark(int count) {
        this.count = count;
    }

    Findings run() throws IOException, InterruptedException {
        try (var stage = Stage.start(Map.of());
                http) {
            int port = FreePort.next();
            stage.with("INGRESS_PORT", port).with("CALLBACK_ALLOWED_IPS", "127.0.0.0/8");
            var ingress = stage.start(IngressCallback.class).listening(port);
            call(port, SIZES.getLast());
            call(port, SIZES.getFirst());
            long before = live(ingress);
            var rows = new ArrayList<Row>();
            for (int size : SIZES) {
                int refused = call(port, size);
                rows.add(new Row(
                        "callbacks refused, codes of " + size + " bytes", "", refused, "callbacks", count, 0.0, false));
            }
            rows.add(new Row(
                    "live heap that they left",
                    "MiB",
                    Math.max(0, live(ingress) - before) / MIB,
                    "bytes of all codes",
                    SIZES.stream().mapToLong(size -> size).sum() * count / MIB,
                    KEPT,
                    false));
            return new Findings(rows);
        }
    }

    /// Returns how many were not answered with 200.
    private int call(int port, int size) {
        var code = "x".repeat(size);
        bad = 0;
        for (int sent = 0; sent < count; sent += AT_ONCE) {
            var answers = new ArrayList<CompletableFuture<Integer>>();
            for (int i = 0; i < Math.min(AT_ONCE, count - sent); i++) {
                answers.add(http.sendAsync(callback(port, code), BodyHandlers.discarding())
                        .thenApply(answer -> answer.statusCode()));
            }
            answers.forEach(answer -> bad += answer.join() == 200 ? 0 : 1);
        }
        return bad;
    }

    private HttpRequest callback(int port, String code) {
        long id = task++;
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/callback/" + Targets.ticket("code-" + id)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("id=" + id + "&code=" + code))
                .build();
    }

    /// Bytes on the heap that are still of use, by the JDK's own count after a full collection.
    private static long live(Child child) throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(jcmd, Long.toString(child.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        var text = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        var total = TOTAL.matcher(text);
        if (!total.find()) {
            throw new IllegalStateException("jcmd tells no total:\n" + text);
        }
        return Long.parseLong(total.group(1));
    }
}
