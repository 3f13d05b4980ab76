package io.captchapipeline.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.captchapipeline.broker.FreePort;
import io.captchapipeline.router.ResultRouter;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.submitter.SolverSubmitter;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/// Submissions through admission, attempt and post to a solver that takes its time, beside a plain client that posts to
/// the same solver, as many at once.
final class SubmissionBenchmark {
    private static final int WARM_UP_SECONDS = 60;
    private static final int PLAIN_SECONDS = 5;
    private static final int DELAY_MS = 50;
    private static final double TARGET = 0.8;
    /// More than the solver can take, so that there is always one to submit.
    private static final double PRESSURE = 1.25;
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    private final HttpClient http = HttpClient.newHttpClient();
    private final int seconds;
    private final int rounds;
    private final int concurrency;
    private final List<Double> ceilings = new ArrayList<>();
    private final List<Double> rates = new ArrayList<>();

    SubmissionBenchmark(int seconds, int rounds, int concurrency) {
        this.seconds = seconds;
        this.rounds = rounds;
        this.concurrency = concurrency;
    }

    Findings run() throws IOException, InterruptedException, ExecutionException {
        int solver = FreePort.next();
        try (var stage = Stage.start(Map.of());
                http) {
            stage.start(
                            SandboxServer.class,
                            stage.directory().resolve("sandbox").toString(),
                            Integer.toString(solver))
                    .listening(solver);
            ask(solver, "PUT", "/sandbox/behaviour", behaviour());
            startServices(stage, solver);
            measure(stage.servers(), solver);
        }
        return findings();
    }

    /// Nothing is called back: what is measured ends with the solver's word that it took the task.
    private static String behaviour() {
        return """
                {"reply_delay_ms":%d,"solve_ms":[1000,1000],"drop_callback_rate":1,"balance":1000000}""".formatted(DELAY_MS);
    }

    private void startServices(Stage stage, int solver) throws IOException {
        int results = FreePort.next();
        int management = FreePort.next();
        stage.with("RESULTS_PORT", results)
                .with("CAPTCHAAI_URL", "http://127.0.0.1:" + solver)
                .with("CAPTCHAAI_API_KEY", KEY)
                .with("CALLBACK_URL", "http://127.0.0.1:1/callback")
                .with("SUBMIT_RATE", "100000/s")
                .with("SUBMIT_CONCURRENCY", concurrency)
                .with("REQUEST_TIMEOUT", "1h")
                .with("ATTEMPT_TIMEOUT", "1h")
                .with("POLL_AFTER", "30m");
        var router = stage.start(ResultRouter.class);
        var submitter = stage.with("MANAGEMENT_PORT", management).start(SolverSubmitter.class);
        router.listening(results);
        submitter.listening(management);
    }

    private void measure(String servers, int solver) throws IOException, InterruptedException, ExecutionException {
        var plain = new PlainPosts(solver, concurrency, task());
        int submitted = load(servers, "warm-up", plain.rate(PLAIN_SECONDS), WARM_UP_SECONDS)
                .count();
        for (int round = 1; round <= rounds; round++) {
            ceilings.add(plain.rate(PLAIN_SECONDS));
            var load = load(servers, "round" + round, ceilings.getLast(), seconds);
            rates.add(load.rate());
            submitted += load.count();
            System.out.printf(
                    "round %d: plain client %.0f/s, pipeline %.0f/s%n", round, ceilings.getLast(), rates.getLast());
        }
        long accepted = JsonMapper.builder()
                .build()
                .readTree(ask(solver, "GET", "/sandbox/tasks", ""))
                .get("accepted")
                .asLong();
        if (accepted != submitted + plain.posted()) {
            throw new IllegalStateException("the solver took " + accepted + " tasks, and was to take " + submitted
                    + " of the pipeline and " + plain.posted() + " of the plain client");
        }
    }

    /// What one load came to.
    private record Load(int count, double rate) {}

    /// The rate while requests keep coming; then waits until each is submitted, once.
    private static Load load(String servers, String series, double ceiling, int seconds)
            throws InterruptedException, ExecutionException {
        int count = (int) (ceiling * PRESSURE * seconds);
        try (var arrivals = Arrivals.on(servers, Topics.SUBMITTED.name(), series, count)) {
            var requests = new Requests(servers, series, count);
            long begin = System.nanoTime();
            requests.ask(ceiling * PRESSURE);
            long end = System.nanoTime();
            arrivals.awaitAll();
            long from = begin + (end - begin) / 5;
            return new Load(count, arrivals.between(from, end) / ((end - from) / 1e9));
        }
    }

    private Findings findings() {
        double rate = Figures.median(rates);
        double delayed = concurrency * 1000.0 / DELAY_MS;
        return new Findings(List.of(
                new Row(
                        "submissions a second, " + concurrency + " at once",
                        "/s",
                        rate,
                        "plain client",
                        Figures.median(ceilings),
                        TARGET,
                        true),
                new Row(
                        "submissions a second, by arithmetic",
                        "/s",
                        rate,
                        concurrency + " / " + DELAY_MS + " ms",
                        delayed,
                        TARGET,
                        true)));
    }

    /// As the submitter writes one.
    private static String task() {
        return "googlekey=6LeIxAcTAAAAAJcZVRqyHh71UMIEGNQ_MXjiZKhI&pageurl=https%3A%2F%2Fexample.com&key=" + KEY
                + "&json=1&pingback="
                + URLEncoder.encode("http://127.0.0.1:1/callback/" + Targets.ticket("plain"), UTF_8)
                + "&method=userrecaptcha";
    }

    private String ask(int port, String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.ofString(body))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("the sandbox answered " + answer.statusCode() + " to " + path);
        }
        return answer.body();
    }
}
