package io.captchapipeline.alerting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.captchapipeline.alerting.tell.MailServer;
import io.captchapipeline.broker.FreePort;
import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.consume.Handled;
import io.captchapipeline.kit.kafka.KafkaReach;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.kit.testing.InMemoryContext;
import io.captchapipeline.schemas.event.Alert;
import io.captchapipeline.schemas.event.AlertName;
import io.captchapipeline.schemas.event.AlertState;
import io.captchapipeline.schemas.event.DeliverySnapshot;
import io.captchapipeline.schemas.event.FailureDigest;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.topic.Pipeline;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.testkit.ManualClock;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The service as it is wired, before topics in memory.
class AlertingWiringTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final String TOKEN = "a token of some length";

    private final ManualClock clock = ManualClock.at(NOON);
    private final InMemoryContext context = new InMemoryContext(Pipeline.ALERTING, clock);
    private final int port = FreePort.next();

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void before_the_first_judgement_all_is_zero_and_no_rate_is_known() throws Exception {
        try (var running = Alerting.wire(settings(Map.of()), context)) {
            running.start();

            assertThat(get("/delivery")).isEqualTo(new JsonObject("""
                            {"delivered":0,"missed":0,"pending":0,"delivery_rate":null,"rescued_by_poll":0,
                             "missed_task_ids":[],"window_seconds":3600,"callback_p95_ms":null,
                             "callbacks_per_minute":null,"error_rate":null,"uptime":null,
                             "instances":null,"instances_missing":null,"by_route":{},"by_method":{},
                             "since_start":{"since":null,"delivered":0,"missed":0,"delivery_rate":null,
                             "rescued_by_poll":0}}
                            """));
            assertThat(get("/alerts")).isEqualTo(new JsonObject("{\"firing\":[],\"recent\":[]}"));
        }
    }

    @Test
    void any_instance_tells_what_the_topics_say() throws Exception {
        try (var running = Alerting.wire(settings(Map.of()), context)) {
            running.start();
            context.followed(Topics.DELIVERY).hand(snapshot("all"));
            context.followed(Topics.DELIVERY).hand(snapshot("route:login"));
            context.followed(Topics.ALERTS).hand(alert(AlertName.DEAD_LETTERS, AlertState.FIRING));
            context.followed(Topics.ALERTS).hand(alert(AlertName.LOW_BALANCE, AlertState.FIRING));
            context.followed(Topics.ALERTS).hand(alert(AlertName.LOW_BALANCE, AlertState.RESOLVED));
            var delivery = get("/delivery");
            var alerts = get("/alerts");

            assertThat(delivery.getLong("delivered")).isEqualTo(9);
            assertThat(delivery.getJsonArray("missed_task_ids").encode()).isEqualTo("[\"17\"]");
            assertThat(delivery.getJsonObject("by_route").getJsonObject("login").getDouble("delivery_rate"))
                    .isEqualTo(0.9);
            assertThat(delivery.getJsonObject("since_start").getLong("missed")).isEqualTo(5);
            assertThat(alerts.getJsonArray("firing")).hasSize(1);
            assertThat(alerts.getJsonArray("firing").getJsonObject(0).getString("alert"))
                    .isEqualTo("DeadLetters");
            assertThat(alerts.getJsonArray("recent")).hasSize(3);
            assertThat(context.metrics()
                            .get("captcha.alert.firing")
                            .tag("alert", "DeadLetters")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(context.metrics().get("captcha.delivery.rate").gauge().value())
                    .isEqualTo(0.9);
            assertThat(context.metrics()
                            .get("captcha.delivery.waiting.seconds")
                            .gauge()
                            .value())
                    .isEqualTo(90);
            assertThat(delivery.getInteger("instances")).isEqualTo(6);
            assertThat(delivery.getInteger("instances_missing")).isEqualTo(1);
            assertThat(context.metrics()
                            .get("captcha.delivery.instances.missing")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(context.metrics()
                            .get("captcha.delivery.dead.letters")
                            .gauge()
                            .value())
                    .isEqualTo(7);
            Map.of("delivered", 95, "missed", 5, "rescued", 1, "late", 2, "early", 17, "duplicate", 3, "unannounced", 4)
                    .forEach((result, count) -> assertThat(context.metrics()
                                    .get("captcha.delivery.tasks")
                                    .tag("result", result)
                                    .functionCounter()
                                    .count())
                            .as(result)
                            .isEqualTo((double) count));
        }
    }

    @Test
    void a_topic_that_is_read_anew_changes_nothing() throws Exception {
        try (var running = Alerting.wire(settings(Map.of()), context)) {
            running.start();
            var fired = alert(AlertName.DEAD_LETTERS, AlertState.FIRING);
            var over = new Alert(
                    fired.alert(),
                    fired.severity(),
                    AlertState.RESOLVED,
                    "over",
                    null,
                    null,
                    NOON,
                    NOON.plusSeconds(60),
                    Map.of());
            List.of(fired, over, fired).forEach(context.followed(Topics.ALERTS)::hand);

            assertThat(get("/alerts").getJsonArray("firing")).isEmpty();
            assertThat(get("/alerts").getJsonArray("recent")).hasSize(2);
        }
    }

    @Test
    void the_api_asks_for_its_token_knows_its_paths_and_waits_for_the_figures() throws Exception {
        try (var running = Alerting.wire(settings(Map.of("API_TOKEN", TOKEN)), context)) {
            running.start();

            assertThat(status("GET", "/delivery", "another token")).isEqualTo(401);
            assertThat(status("GET", "/delivery", TOKEN)).isEqualTo(200);
            assertThat(status("POST", "/delivery", TOKEN)).isEqualTo(405);
            assertThat(status("GET", "/", TOKEN)).isEqualTo(404);
            context.followed(Topics.ALERTS).behind(true);
            assertThat(status("GET", "/alerts", TOKEN)).isEqualTo(503);
        }
    }

    @Test
    void a_lost_kafka_is_mailed_directly_once_and_its_return_too() {
        try (var mail = MailServer.up();
                var running = Alerting.wire(
                        settings(Map.of(
                                "SMTP_HOST", "127.0.0.1",
                                "SMTP_PORT", Integer.toString(mail.port()),
                                "ALERT_EMAIL_TO", "ops@example.com")),
                        context)) {
            running.start();
            context.reach(new KafkaReach(false, NOON));
            clock.advance(Duration.ofSeconds(61));
            await().untilAsserted(() ->
                    assertThat(mail.subjects()).containsExactly("[captcha] FIRING critical KafkaUnreachable"));

            context.reach(new KafkaReach(true, NOON.plusSeconds(90)));
            await().untilAsserted(() -> assertThat(mail.subjects())
                    .containsExactly(
                            "[captcha] FIRING critical KafkaUnreachable", "[captcha] RESOLVED KafkaUnreachable"));
        }
    }

    @Test
    void an_alert_goes_to_the_mail_and_to_the_webhook_and_a_lost_kafka_too() throws Exception {
        var called = new LinkedBlockingQueue<String>();
        var hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            called.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        hook.start();
        try (var mail = MailServer.up();
                var running = Alerting.wire(
                        settings(Map.of(
                                "SMTP_HOST",
                                "127.0.0.1",
                                "SMTP_PORT",
                                Integer.toString(mail.port()),
                                "ALERT_EMAIL_TO",
                                "ops@example.com",
                                "ALERT_WEBHOOK_URL",
                                "http://127.0.0.1:" + hook.getAddress().getPort() + "/")),
                        context)) {
            running.start();
            var alert = alert(AlertName.DEAD_LETTERS, AlertState.FIRING);
            assertThat(context.handler(Topics.ALERTS, "mail").hand(alert)).isEqualTo(Handled.done());
            assertThat(mail.subjects()).containsExactly("[captcha] FIRING warning DeadLetters");
            assertThat(called).isEmpty();
            assertThat(context.handler(Topics.ALERTS, "webhook").hand(alert)).isEqualTo(Handled.done());
            assertThat(called.take()).contains("[captcha] FIRING warning DeadLetters");

            context.reach(new KafkaReach(false, NOON));
            clock.advance(Duration.ofSeconds(61));

            assertThat(called.poll(30, TimeUnit.SECONDS)).contains("[captcha] FIRING critical KafkaUnreachable");
        } finally {
            hook.stop(0);
        }
    }

    @Test
    void a_digest_goes_to_its_own_recipients() throws Exception {
        try (var mail = MailServer.up();
                var running = Alerting.wire(
                        settings(Map.of(
                                "SMTP_HOST", "127.0.0.1",
                                "SMTP_PORT", Integer.toString(mail.port()),
                                "ALERT_EMAIL_TO", "ops@example.com",
                                "FAILURE_EMAIL_TO", "dev@example.com")),
                        context)) {
            running.start();
            var line = new FailureDigest.Line(new Route("login"), "TIMEOUT", 2, List.of(new RequestId("r-1")));
            var digest = new FailureDigest(NOON.minusSeconds(900), NOON, 2, List.of(line));

            assertThat(context.handler(Topics.FAILURE_DIGESTS, "digest").hand(digest))
                    .isEqualTo(Handled.done());

            assertThat(mail.received()).singleElement().satisfies(found -> {
                assertThat(found.subject()).isEqualTo("[captcha] 2 failed requests");
                assertThat(found.to()).containsExactly("dev@example.com");
                assertThat(found.bodies().getFirst()).contains("login  TIMEOUT  2  such as r-1");
            });
        }
    }

    @Test
    void a_metric_names_the_routes_that_are_set_up_and_the_methods_that_are_known() {
        try (var running = Alerting.wire(settings(Map.of("ROUTES", "login")), context)) {
            running.start();
            for (var scope : List.of("route:login", "route:a", "route:b", "method:turnstile", "method:made-up")) {
                context.followed(Topics.DELIVERY).hand(snapshot(scope));
            }

            assertThat(part("captcha.delivery.by.route", "route", "login")).isEqualTo(9);
            assertThat(part("captcha.delivery.by.route", "route", "other")).isEqualTo(18);
            assertThat(part("captcha.delivery.by.method", "method", "turnstile"))
                    .isEqualTo(9);
            assertThat(part("captcha.delivery.by.method", "method", "other")).isEqualTo(9);
            assertThat(context.metrics().find("captcha.delivery.by.route").gauges())
                    .hasSize(6);
        }
    }

    private double part(String metric, String label, String name) {
        return context.metrics()
                .get(metric)
                .tag(label, name)
                .tag("result", "delivered")
                .gauge()
                .value();
    }

    @Test
    void silence_of_the_judge_turns_health_down() {
        try (var running = Alerting.wire(settings(Map.of()), context)) {
            running.start();
            assertThat(judging(running)).isTrue();
            clock.advance(Duration.ofMinutes(3));
            assertThat(judging(running)).isFalse();

            context.followed(Topics.DELIVERY).hand(snapshot("all"));

            assertThat(judging(running)).isTrue();
        }
    }

    private static boolean judging(Running running) {
        return running.checks().stream()
                .filter(check -> check.name().equals("judging"))
                .allMatch(check -> check.read().get().up());
    }

    private JsonObject get(String path) throws Exception {
        return new JsonObject(send("GET", path, TOKEN).body());
    }

    private int status(String method, String path, String token) throws Exception {
        return send(method, path, token).statusCode();
    }

    private HttpResponse<String> send(String method, String path, String token) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private AlertingSettings settings(Map<String, String> more) {
        var variables = new HashMap<>(more);
        variables.put("ALERTING_PORT", Integer.toString(port));
        variables.put("BIND_ADDRESS", "127.0.0.1");
        return AlertingSettings.from(Settings.read(Environment.of(variables), List.of("alerting")));
    }

    private static Alert alert(AlertName name, AlertState state) {
        return new Alert(name, name.severity(), state, "summary", null, null, NOON, NOON, Map.of());
    }

    private static DeliverySnapshot snapshot(String scope) {
        return new DeliverySnapshot(
                scope,
                NOON,
                9,
                1,
                0,
                0.9,
                List.of(new TaskId("17")),
                3600,
                1,
                null,
                null,
                NOON.minusSeconds(90),
                12.0,
                2.0,
                0.0,
                1.0,
                NOON,
                95L,
                5L,
                1L,
                2L,
                17L,
                3L,
                4L,
                6,
                1,
                7L);
    }
}
