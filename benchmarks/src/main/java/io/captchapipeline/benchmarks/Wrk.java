package io.captchapipeline.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// wrk, which asks for as much as a server can give.
final class Wrk {
    private static final int CONNECTIONS = 512;
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern BAD = Pattern.compile("Non-2xx or 3xx responses: ([0-9]+)");
    private static final String SCRIPT = """
            local requests = {}
            local n = 0
            function init(args)
              for line in io.lines("TARGETS") do requests[#requests + 1] = wrk.format("GET", line) end
            end
            function request()
              n = n % #requests + 1
              return requests[n]
            end
            """;

    private final Path script;

    Wrk(Path directory, List<String> targets) throws IOException {
        var list = Files.write(directory.resolve("targets"), targets);
        script = Files.writeString(directory.resolve("wrk.lua"), SCRIPT.replace("TARGETS", list.toString()));
    }

    /// Answers a second; every answer has to be a good one.
    double maximum(int port, int seconds) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        "wrk",
                        "-t1",
                        "-c" + CONNECTIONS,
                        "-d" + seconds,
                        "-s",
                        script.toString(),
                        "http://127.0.0.1:" + port)
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return rate(output);
    }

    static double rate(String output) {
        if (BAD.matcher(output).find()) {
            throw new IllegalStateException("not every answer was good:\n" + output);
        }
        var rate = RATE.matcher(output);
        if (!rate.find()) {
            throw new IllegalStateException("wrk said no rate:\n" + output);
        }
        return Double.parseDouble(rate.group(1));
    }
}
