package io.captchapipeline.standalone.commands;

import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.http.TimedCall;
import io.captchapipeline.kit.kafka.TopicAdmin;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.schemas.solver.SolverCode;
import io.captchapipeline.schemas.ticket.Ticket;
import io.captchapipeline.schemas.ticket.Tickets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;

/// The places where a request can come to grief, each looked at once.
final class CheckUp {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PROBE_LIFE = Duration.ofMinutes(1);
    private static final int HTTP_OK = 200;
    private static final int HTTP_BAD_REQUEST = 400;
    private static final int HTTP_FORBIDDEN = 403;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Settings settings;
    private final Surroundings found;

    CheckUp(Surroundings found) {
        this.found = found;
        this.settings = found.settings();
    }

    Finding kafka() {
        var servers = found.kafka().servers();
        try (var admin = TopicAdmin.of(settings)) {
            var partitions = settings.get(Catalogue.TOPIC_PARTITIONS);
            var faults = admin.describe(TopicAdmin.wanted(settings)).stream()
                    .flatMap(state -> state.fault(partitions).stream())
                    .toList();
            return faults.isEmpty()
                    ? Finding.ok("kafka", "answers at " + servers + ", all topics are there")
                    : Finding.wrong(
                            "kafka", String.join("; ", faults), "./captcha topics create makes what is missing");
        } catch (StartFailure e) {
            return Finding.wrong(
                    "kafka",
                    String.valueOf(e.getMessage()),
                    "start ./captcha up, or name a broker with KAFKA_BOOTSTRAP_SERVERS");
        }
    }

    /// Of an `up` that wrote down where it is; services elsewhere have ports that only they know.
    Finding services() {
        if (!settings.standalone()) {
            return Finding.look(
                    "services",
                    "not looked at: no ./captcha up runs on " + settings.get(Catalogue.DATA_DIR),
                    "each service says how it is at its own MANAGEMENT_PORT, /health/ready");
        }
        var url = "http://127.0.0.1:" + settings.get(Catalogue.MANAGEMENT_PORT) + "/health/ready";
        try {
            var answer = get(URI.create(url));
            return answer.statusCode() == HTTP_OK
                    ? Finding.ok("services", "all ready")
                    : Finding.wrong("services", "not ready", url + " says which check is down");
        } catch (IOException e) {
            return Finding.wrong("services", "nothing answers at " + url, "start ./captcha up");
        }
    }

    Finding solver() {
        var key = settings.find(Catalogue.CAPTCHAAI_API_KEY).map(Secret::value);
        var solver = settings.get(Catalogue.CAPTCHAAI_URL);
        if (key.isEmpty() && !settings.standalone()) {
            return Finding.wrong("solver", "no key", "set CAPTCHAAI_API_KEY to the key of your account");
        }
        try {
            var answer = get(URI.create(
                    solver + "/res.php?action=getbalance&json=0&key=" + Api.encoded(key.orElse("0".repeat(32)))));
            return balance(solver, key.isPresent() ? "" : " (the sandbox)", answer);
        } catch (IOException e) {
            return Finding.wrong("solver", "nothing answers at " + solver, "check CAPTCHAAI_URL and the way there");
        }
    }

    private static Finding balance(URI solver, String which, HttpResponse<String> answer) {
        var body = answer.body().strip();
        if (SolverCode.isCode(body)) {
            return Finding.wrong("solver", solver + " answers " + body, "check CAPTCHAAI_API_KEY and the account");
        }
        return answer.statusCode() == HTTP_OK && body.matches("-?[0-9]+(\\.[0-9]+)?")
                ? Finding.ok("solver", solver + which + " takes the key, balance " + body)
                : Finding.wrong(
                        "solver",
                        solver + " answers HTTP " + answer.statusCode() + " and no balance",
                        "is CAPTCHAAI_URL the base of a 2captcha-compatible solver?");
    }

    Finding callbackUrl() {
        var base = settings.find(Catalogue.CALLBACK_URL);
        if (base.isEmpty()) {
            return Finding.look(
                    "callback", "no URL: answers are polled for", "CALLBACK_URL brings them sooner and cheaper");
        }
        var url = base.get();
        var afar = !isHere(settings.get(Catalogue.CAPTCHAAI_URL));
        return afar && isHere(url)
                ? Finding.wrong(
                        "callback",
                        url + " leads nowhere from where the solver is",
                        "set CALLBACK_URL to a public address: a tunnel for a trial, a proxy in front of the ingress for good")
                : Finding.ok("callback", url.toString());
    }

    Finding callback() {
        var base = settings.find(Catalogue.CALLBACK_URL);
        if (base.isEmpty()) {
            return Finding.wrong("probe", "no callback URL to send one through", "set CALLBACK_URL");
        }
        try {
            return probed(base.get(), get(URI.create(base.get() + "/" + probe())));
        } catch (IOException e) {
            return Finding.wrong(
                    "probe",
                    "nothing answers at " + base.get(),
                    "check the address, the proxy and the firewall before the ingress");
        }
    }

    private String probe() {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var secrets = settings.get(Catalogue.CALLBACK_SECRET).stream()
                .map(Secret::value)
                .toList();
        return Tickets.signedWith(secrets).mint(new Ticket.ForRoute(null, now, now.plus(PROBE_LIFE)));
    }

    /// A good ticket without an answer is told apart from a bad one, and leaves nothing behind.
    private static Finding probed(URI base, HttpResponse<String> answer) {
        return switch (answer.statusCode()) {
            case HTTP_BAD_REQUEST -> Finding.ok("probe", base + " leads to an ingress that knows our tickets");
            case HTTP_FORBIDDEN ->
                Finding.wrong(
                        "probe",
                        base + " leads to an ingress that refuses us: " + firstLine(answer.body()),
                        "CALLBACK_SECRET must be the ingress's, CALLBACK_ALLOWED_IPS must let the caller in");
            default ->
                Finding.wrong(
                        "probe",
                        base + " answers " + answer.statusCode() + ", which no ingress of ours does",
                        "the address leads somewhere else: check CALLBACK_URL and the proxy's rules");
        };
    }

    private static String firstLine(String text) {
        return text.lines().limit(1).map(String::strip).collect(Collectors.joining());
    }

    private static boolean isHere(URI url) {
        try {
            return InetAddress.getByName(url.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private HttpResponse<String> get(URI url) throws IOException {
        try {
            return TimedCall.send(
                    http, HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString(), PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
