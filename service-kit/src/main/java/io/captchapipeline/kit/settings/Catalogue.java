package io.captchapipeline.kit.settings;

import static io.captchapipeline.kit.settings.Setting.secret;
import static io.captchapipeline.kit.settings.Setting.setting;

import io.captchapipeline.kit.settings.Default.Known;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Every setting of every service: docs/configuration.md is generated from it, and a name that nearly spells one of
/// these stops the start of any service.
public final class Catalogue {

    public static final String INGRESS = "ingress-callback";
    public static final String SUBMITTER = "solver-submitter";
    public static final String ROUTER = "result-router";
    public static final String AUDIT = "audit-sink";
    public static final String ALERTING = "alerting";
    /// `./captcha up`, beside the five.
    public static final String UP = "up";
    /// All other `./captcha` commands.
    public static final String COMMANDS = "commands";
    /// Those of them that sign tickets.
    public static final String TICKET = "ticket";

    private static final Map<String, String> MANAGEMENT_PORTS =
            Map.of(INGRESS, "9081", SUBMITTER, "9082", ROUTER, "9083", AUDIT, "9084", ALERTING, "9085");

    private static final List<Setting<?>> ALL = new ArrayList<>();

    // Where everything runs

    public static final Setting<List<String>> KAFKA_BOOTSTRAP_SERVERS = add(
            setting("KAFKA_BOOTSTRAP_SERVERS", Types.SERVERS).defaultsTo("localhost:9092"),
            "the brokers; other `KAFKA_*` names that spell a Kafka client setting pass through to every client");
    public static final Setting<Path> DATA_DIR = add(
            setting("DATA_DIR", Types.PATH).defaultsTo("./data"),
            "embedded broker, Streams state, SQLite, generated secrets");
    public static final Setting<Integer> KAFKA_PORT =
            add(setting("KAFKA_PORT", Types.PORT).defaultsTo("9092").readBy(UP), "the embedded broker, on 127.0.0.1");
    public static final Setting<String> BIND_ADDRESS = add(
            setting("BIND_ADDRESS", Types.ADDRESS)
                    .defaultsTo("127.0.0.1 under `up`, else 0.0.0.0", Catalogue::bindAddress),
            "where HTTP listens; the three APIs stay on 127.0.0.1 while there is no `API_TOKEN`");
    public static final Setting<Integer> INGRESS_PORT = add(
            setting("INGRESS_PORT", Types.PORT).defaultsTo("8080").readBy(INGRESS, ALERTING, UP, COMMANDS),
            "callbacks and `/health/callbacks`");
    public static final Setting<Integer> RESULTS_PORT = add(
            setting("RESULTS_PORT", Types.PORT).defaultsTo("8082").readBy(ROUTER, UP, COMMANDS),
            "the API of result-router");
    public static final Setting<Integer> AUDIT_PORT = add(
            setting("AUDIT_PORT", Types.PORT).defaultsTo("8083").readBy(AUDIT, UP, COMMANDS), "the API of audit-sink");
    public static final Setting<Integer> ALERTING_PORT = add(
            setting("ALERTING_PORT", Types.PORT).defaultsTo("8084").readBy(ALERTING, UP, COMMANDS),
            "the API of alerting");
    public static final Setting<Integer> SANDBOX_PORT =
            add(setting("SANDBOX_PORT", Types.PORT).defaultsTo("8090").readBy(UP, COMMANDS), "the sandbox solver");
    public static final Setting<Integer> MANAGEMENT_PORT = add(
            setting("MANAGEMENT_PORT", Types.PORT)
                    .defaultsTo("9080 under `up`; else 9081-9085 by service", Catalogue::managementPort),
            "`/health/live`, `/health/ready`, `/metrics`");
    public static final Setting<URI> RESULTS_URL = add(
            setting("RESULTS_URL", Types.HTTP_URL)
                    .defaultsTo("from `DATA_DIR`, else `http://127.0.0.1:RESULTS_PORT`", on(RESULTS_PORT))
                    .readBy(COMMANDS),
            "where the commands find the results API");
    public static final Setting<URI> AUDIT_URL = add(
            setting("AUDIT_URL", Types.HTTP_URL)
                    .defaultsTo("from `DATA_DIR`, else `http://127.0.0.1:AUDIT_PORT`", on(AUDIT_PORT))
                    .readBy(COMMANDS),
            "where the commands find the audit API");
    public static final Setting<URI> ALERTING_URL = add(
            setting("ALERTING_URL", Types.HTTP_URL)
                    .defaultsTo("from `DATA_DIR`, else `http://127.0.0.1:ALERTING_PORT`", on(ALERTING_PORT))
                    .readBy(COMMANDS),
            "where the commands find the alerting API");
    public static final Setting<URI> ADVERTISED_URL = add(
            setting("ADVERTISED_URL", Types.HTTP_URL)
                    .defaultsTo("own address", known -> Optional.empty())
                    .readBy(ROUTER),
            "how other instances of result-router reach this one");
    public static final Setting<Secret> API_TOKEN = add(
            secret("API_TOKEN", Types.SECRET).readBy(ROUTER, AUDIT, ALERTING, UP, COMMANDS),
            "bearer token for the results, audit and alerting APIs");

    // The solver

    public static final Setting<URI> CAPTCHAAI_URL = add(
            setting("CAPTCHAAI_URL", Types.HTTP_URL)
                    .defaultsTo(
                            "`https://ocr.captchaai.com` (the sandbox under `up` without a key)",
                            known -> Optional.of(
                                    sandbox(known)
                                            ? loopback(known, Catalogue.SANDBOX_PORT)
                                            : "https://ocr.captchaai.com"))
                    .readBy(SUBMITTER, UP, COMMANDS),
            "any 2captcha-compatible solver");
    public static final Setting<Secret> CAPTCHAAI_API_KEY =
            add(secret("CAPTCHAAI_API_KEY", Types.SECRET).readBy(SUBMITTER, UP, COMMANDS), "the account at the solver");

    // Callbacks

    public static final Setting<URI> CALLBACK_URL = add(
            setting("CALLBACK_URL", Types.HTTP_URL)
                    .defaultsTo(
                            "`http://127.0.0.1:INGRESS_PORT/callback` under `up` with the sandbox, else none",
                            known -> sandbox(known)
                                    ? Optional.of(loopback(known, INGRESS_PORT) + "/callback")
                                    : Optional.empty())
                    .readBy(SUBMITTER, ROUTER, UP, COMMANDS),
            "public base of the callback; none: polling only");
    public static final Setting<List<Secret>> CALLBACK_SECRET = add(
            secret("CALLBACK_SECRET", Types.SECRETS)
                    .required("generated and kept under `up`, else required")
                    .readBy(INGRESS, SUBMITTER, UP, TICKET),
            "signs tickets; a comma-separated list rotates: the first signs, all verify");
    public static final Setting<Duration> TICKET_TTL = add(
            setting("TICKET_TTL", Types.POSITIVE_DURATION).defaultsTo("24h").readBy(SUBMITTER),
            "how long a request's ticket is good; at most `DEDUP_RETENTION`");
    public static final Setting<Boolean> CALLBACK_OPEN = add(
            setting("CALLBACK_OPEN", Types.BOOLEAN)
                    .defaultsTo(
                            "true under `up` with the sandbox, else false",
                            known -> Optional.of(Boolean.toString(sandbox(known))))
                    .readBy(INGRESS),
            "accept bare `/callback` without a ticket");
    public static final Setting<List<String>> CALLBACK_ALLOWED_IPS = add(
            setting("CALLBACK_ALLOWED_IPS", Types.NETWORKS)
                    .defaultsTo("any", known -> Optional.empty())
                    .readBy(INGRESS),
            "who may call back");
    public static final Setting<List<String>> CALLBACK_TRUSTED_PROXIES =
            add(setting("CALLBACK_TRUSTED_PROXIES", Types.NETWORKS).readBy(INGRESS), "whose `X-Forwarded-For` counts");
    public static final Setting<Pattern> CALLBACK_ID_PATTERN = add(
            setting("CALLBACK_ID_PATTERN", Types.PATTERN)
                    .defaultsTo("[0-9]{1,32}")
                    .readBy(INGRESS),
            "task ids accepted by the ingress");
    public static final Setting<Duration> CALLBACK_ACK_TIMEOUT = add(
            setting("CALLBACK_ACK_TIMEOUT", Types.POSITIVE_DURATION)
                    .defaultsTo("3s")
                    .readBy(INGRESS),
            "a broker that has not confirmed a callback by then turns it into a 503");
    public static final Setting<String> CALLBACK_VERIFICATION =
            add(setting("CALLBACK_VERIFICATION", Types.TEXT).readBy(INGRESS), "text served at `/2captcha.txt`");

    // Requests and outcomes

    public static final Setting<Rate> SUBMIT_RATE = add(
            setting("SUBMIT_RATE", Types.RATE).defaultsTo("10/s").readBy(SUBMITTER),
            "limit towards in.php for the whole group; each instance takes its share by the partitions it owns");
    public static final Setting<Integer> SUBMIT_CONCURRENCY = add(
            setting("SUBMIT_CONCURRENCY", Types.integer(1, 10_000))
                    .defaultsTo("32")
                    .readBy(SUBMITTER),
            "submissions under way at once, for the whole group");
    public static final Setting<Duration> POLL_AFTER = add(
            setting("POLL_AFTER", Types.POSITIVE_DURATION)
                    .defaultsTo(
                            "60s, at most half of the request's time (without a callback URL: 5s for images, 15s for tokens)",
                            known -> Optional.empty())
                    .readBy(ROUTER),
            "a callback later than this is polled for");
    public static final Setting<Duration> POLL_INTERVAL = add(
            setting("POLL_INTERVAL", Types.POSITIVE_DURATION)
                    .defaultsTo(
                            "10s (5s without a callback URL)", known -> Optional.of(callsBack(known) ? "10s" : "5s"))
                    .readBy(ROUTER, SUBMITTER),
            "time between two polls of one task");
    public static final Setting<Integer> POLL_MAX = add(
            setting("POLL_MAX", Types.integer(0, 10_000)).defaultsTo("20").readBy(ROUTER, SUBMITTER),
            "polls of one task");
    public static final Setting<Duration> REQUEST_TIMEOUT = add(
            setting("REQUEST_TIMEOUT", Types.POSITIVE_DURATION)
                    .defaultsTo("300s")
                    .readBy(ROUTER),
            "a request's default deadline, from the broker's append time of the request");
    public static final Setting<ByMethod> TOKEN_LIFE = add(
            setting("TOKEN_LIFE", Types.BY_METHOD)
                    .defaultsTo("120s,image=none,text=none")
                    .readBy(ROUTER),
            "life of a solution by method, the first for all others");
    public static final Setting<Duration> ATTEMPT_TIMEOUT = add(
            setting("ATTEMPT_TIMEOUT", Types.POSITIVE_DURATION)
                    .defaultsTo(
                            "120s with a callback URL, else 30s",
                            known -> Optional.of(callsBack(known) ? "120s" : "30s"))
                    .readBy(ROUTER),
            "an attempt with neither acceptance nor refusal nor callback is given up on");
    public static final Setting<Duration> DEDUP_RETENTION = add(
            setting("DEDUP_RETENTION", Types.POSITIVE_DURATION)
                    .defaultsTo("24h")
                    .readBy(ROUTER, SUBMITTER, ALERTING),
            "how long an outcome is remembered");
    public static final Setting<List<String>> ROUTES =
            add(setting("ROUTES", Types.ROUTE_NAMES), "comma-separated routes that have topics of their own");

    // Audit

    public static final Setting<Secret> AUDIT_DATABASE_URL = add(
            secret("AUDIT_DATABASE_URL", Types.JDBC_URL)
                    .defaultsTo(
                            "`jdbc:sqlite:DATA_DIR/audit.db`",
                            known -> known.text(DATA_DIR).map(directory -> "jdbc:sqlite:" + directory + "/audit.db"))
                    .readBy(AUDIT),
            "or `jdbc:postgresql://...`");
    public static final Setting<Secret> AUDIT_KEY = add(
            secret("AUDIT_KEY", Types.SECRET)
                    .required("generated and kept under `up`, else required")
                    .readBy(AUDIT, UP),
            "keys the chain of digests (HMAC): who can write the database still cannot rewrite history");
    public static final Setting<Duration> AUDIT_RETENTION = add(
            setting("AUDIT_RETENTION", Types.POSITIVE_DURATION)
                    .defaultsTo("90d")
                    .readBy(AUDIT),
            "how long audit rows are kept");

    // Delivery and alerts

    public static final Setting<Duration> DELIVERY_TIMEOUT = add(
            setting("DELIVERY_TIMEOUT", Types.POSITIVE_DURATION)
                    .defaultsTo("5m")
                    .readBy(ALERTING),
            "a submitted task without a callback is missed after this");
    public static final Setting<Duration> DELIVERY_WINDOW = add(
            setting("DELIVERY_WINDOW", Types.POSITIVE_DURATION).defaultsTo("1h").readBy(ALERTING),
            "window of the delivery rate");
    public static final Setting<Duration> ALERT_INTERVAL = add(
            setting("ALERT_INTERVAL", Types.POSITIVE_DURATION).defaultsTo("10s").readBy(ALERTING),
            "how often rules are evaluated");
    public static final Setting<Duration> ALERT_STALE_AFTER = add(
            setting("ALERT_STALE_AFTER", Types.POSITIVE_DURATION)
                    .defaultsTo("5m")
                    .readBy(ALERTING, INGRESS),
            "threshold of StaleCallbacks");
    public static final Setting<Double> ALERT_ERROR_RATE = add(
            setting("ALERT_ERROR_RATE", Types.decimal(0, 1)).defaultsTo("0.05").readBy(ALERTING),
            "threshold of HighErrorRate");
    public static final Setting<Integer> ALERT_ERROR_WINDOW = add(
            setting("ALERT_ERROR_WINDOW", Types.integer(1, 1_000_000))
                    .defaultsTo("100")
                    .readBy(ALERTING),
            "callbacks that HighErrorRate looks at");
    public static final Setting<Duration> ALERT_P95 = add(
            setting("ALERT_P95", Types.POSITIVE_DURATION).defaultsTo("1s").readBy(ALERTING),
            "threshold of SlowCallbacks");
    public static final Setting<Double> ALERT_DELIVERY_RATE = add(
            setting("ALERT_DELIVERY_RATE", Types.decimal(0, 1))
                    .defaultsTo("0.90")
                    .readBy(ALERTING),
            "threshold of LowDeliveryRate");
    public static final Setting<Double> ALERT_FAILURE_RATE = add(
            setting("ALERT_FAILURE_RATE", Types.decimal(0, 1))
                    .defaultsTo("0.20")
                    .readBy(ALERTING),
            "threshold of HighFailureRate");
    public static final Setting<Integer> ALERT_MIN_SAMPLES = add(
            setting("ALERT_MIN_SAMPLES", Types.integer(1, 1_000_000))
                    .defaultsTo("10")
                    .readBy(ALERTING),
            "rates over fewer are not judged");
    public static final Setting<Double> ALERT_BALANCE =
            add(setting("ALERT_BALANCE", Types.decimal(0, 1_000_000_000)).readBy(ALERTING), "threshold of LowBalance");
    public static final Setting<List<String>> ALERT_DISABLED =
            add(setting("ALERT_DISABLED", Types.NAMES).readBy(ALERTING), "names of alerts to keep quiet");
    public static final Setting<Duration> ALERT_REPEAT = add(
            setting("ALERT_REPEAT", Types.POSITIVE_DURATION).defaultsTo("4h").readBy(ALERTING),
            "a firing alert is told again after this");
    public static final Setting<URI> ALERT_PROBE_URL = add(
            setting("ALERT_PROBE_URL", Types.HTTP_URL)
                    .defaultsTo(
                            "the ingress under `up`, else none",
                            known -> known.standalone()
                                    ? Optional.of(loopback(known, INGRESS_PORT) + "/health/callbacks")
                                    : Optional.empty())
                    .readBy(ALERTING),
            "`/health/callbacks` to probe from outside");

    // Mail and webhook

    public static final Setting<String> SMTP_HOST =
            add(setting("SMTP_HOST", Types.ADDRESS).readBy(ALERTING), "mail server; no host or no recipient: no mail");
    public static final Setting<String> SMTP_USER =
            add(setting("SMTP_USER", Types.TEXT).readBy(ALERTING), "who logs in there");
    public static final Setting<Secret> SMTP_PASSWORD =
            add(secret("SMTP_PASSWORD", Types.SECRET).readBy(ALERTING), "the password for it");
    public static final Setting<SmtpTls> SMTP_TLS = add(
            setting("SMTP_TLS", Types.oneOf(SmtpTls.class))
                    .defaultsTo(
                            "`starttls` with SMTP_USER, else `none`",
                            known -> Optional.of(known.text(SMTP_USER).isPresent() ? "starttls" : "none"))
                    .readBy(ALERTING),
            "how the connection is secured");
    public static final Setting<Integer> SMTP_PORT = add(
            setting("SMTP_PORT", Types.PORT)
                    .defaultsTo("25, with `starttls` 587, with `tls` 465", Catalogue::smtpPort)
                    .readBy(ALERTING),
            "its port");
    public static final Setting<String> ALERT_EMAIL_FROM = add(
            setting("ALERT_EMAIL_FROM", Types.MAIL_ADDRESS)
                    .defaultsTo("the first recipient", known -> Optional.empty())
                    .readBy(ALERTING),
            "sender of alerts and digests");
    public static final Setting<List<String>> ALERT_EMAIL_TO =
            add(setting("ALERT_EMAIL_TO", Types.MAIL_ADDRESSES).readBy(ALERTING), "who is told of alerts");
    public static final Setting<Optional<Duration>> FAILURE_DIGEST = add(
            setting("FAILURE_DIGEST", Types.DURATION_OR_OFF).defaultsTo("15m").readBy(ALERTING),
            "failed requests are mailed this often, as a digest by route; or `off`");
    public static final Setting<List<String>> FAILURE_EMAIL_TO = add(
            setting("FAILURE_EMAIL_TO", Types.MAIL_ADDRESSES)
                    .defaultsTo("`ALERT_EMAIL_TO`", known -> known.text(ALERT_EMAIL_TO))
                    .readBy(ALERTING),
            "who gets the digest");
    public static final Setting<Secret> ALERT_WEBHOOK_URL = add(
            secret("ALERT_WEBHOOK_URL", Types.SECRET_HTTP_URL).readBy(ALERTING),
            "JSON POST that Slack and Discord both accept (`text` and `content`)");
    public static final Setting<URI> RUNBOOKS_URL = add(
            setting("RUNBOOKS_URL", Types.HTTP_URL).readBy(ALERTING),
            "where your people read docs/runbooks: each mail links to its page there");

    // Topics and logs

    public static final Setting<Integer> TOPIC_PARTITIONS = add(
            setting("TOPIC_PARTITIONS", Types.integer(1, 10_000)).defaultsTo("6"),
            "partitions of every topic; chosen once, they bind keys to ledger entries");
    public static final Setting<Integer> TOPIC_REPLICATION = add(
            setting("TOPIC_REPLICATION", Types.integer(1, 100))
                    .defaultsTo("1 under `up`, else 3", known -> Optional.of(known.standalone() ? "1" : "3")),
            "copies of every topic");
    public static final Setting<LogFormat> LOG_FORMAT = add(
            setting("LOG_FORMAT", Types.oneOf(LogFormat.class))
                    .defaultsTo(
                            "text on a terminal, else json",
                            known -> Optional.of(LogFormat.ofProcess().word())),
            "how logs look");
    public static final Setting<LogLevel> LOG_LEVEL =
            add(setting("LOG_LEVEL", Types.oneOf(LogLevel.class)).defaultsTo("info"), "how much is logged");

    private Catalogue() {}

    public static List<Setting<?>> all() {
        return List.copyOf(ALL);
    }

    private static <T> Setting<T> add(Setting<T> setting, String meaning) {
        ALL.add(setting.means(meaning));
        return setting;
    }

    private static Optional<String> bindAddress(Known known) {
        return Optional.of(known.standalone() ? "127.0.0.1" : "0.0.0.0");
    }

    private static Optional<String> managementPort(Known known) {
        return known.standalone()
                ? Optional.of("9080")
                : known.onlyReader().map(service -> MANAGEMENT_PORTS.getOrDefault(service, "9080"));
    }

    private static Optional<String> smtpPort(Known known) {
        var tls = known.text(SMTP_TLS).orElse("none").toLowerCase(Locale.ROOT);
        return Optional.of(
                switch (tls) {
                    case "starttls" -> "587";
                    case "tls" -> "465";
                    default -> "25";
                });
    }

    private static Function<Known, Optional<String>> on(Setting<Integer> port) {
        return known -> Optional.of(loopback(known, port));
    }

    private static String loopback(Known known, Setting<Integer> port) {
        return "http://127.0.0.1:" + known.text(port).orElseThrow();
    }

    private static boolean sandbox(Known known) {
        return known.standalone() && known.text(CAPTCHAAI_API_KEY).isEmpty();
    }

    private static boolean callsBack(Known known) {
        return known.text(CALLBACK_URL).isPresent();
    }
}
