package io.captchapipeline.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.captchapipeline.broker.FreePort;
import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.consume.Batch;
import io.captchapipeline.kit.consume.RawRecord;
import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.kit.testing.InMemoryContext;
import io.captchapipeline.schemas.topic.Pipeline;
import io.captchapipeline.schemas.topic.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The service as it is wired, before topics in memory and with a database on disk.
class AuditApiTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final InMemoryContext context = new InMemoryContext(Pipeline.AUDIT_SINK, Clock.systemUTC());
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private int port;
    private Running running;

    @BeforeEach
    void start() throws Exception {
        port = FreePort.next();
        running = AuditSink.wire(
                new AuditSettings(
                        "127.0.0.1",
                        port,
                        Optional.of(new Secret("api token")),
                        new Secret("jdbc:sqlite:" + directory.resolve("audit.db")),
                        TestTrail.KEY,
                        Duration.ofDays(36_500),
                        directory,
                        Pipeline.AUDIT_SINK.reads()),
                context);
        running.start();
    }

    @AfterEach
    void stop() {
        client.close();
        running.close();
        context.close();
    }

    @Test
    void a_timeline_is_in_the_order_of_time_and_of_the_flow_with_the_time_between_steps() throws Exception {
        var later = Records.NOON.plusMillis(1500);
        take(List.of(
                Records.record(Topics.SOLVED, 0, later, Records.outcome("r-1", 2)),
                Records.record(Topics.RESULTS, 0, later, Records.solved("r-1")),
                Records.record(Topics.ATTEMPTS, 0, Records.NOON, Records.attempt("r-1", 2)),
                Records.record(Topics.ATTEMPTS, 1, Records.NOON, Records.attempt("r-1", 1)),
                Records.record(Topics.SUBMIT, 0, Records.NOON, Records.request("r-1")),
                Records.record(Topics.SUBMIT, 1, Records.NOON, Records.request("r-2"))));

        var answer = get("/audit/r-1");

        assertThat(answer.statusCode()).isEqualTo(200);
        var body = JSON.readTree(answer.body());
        assertThat(body.path("id").asText()).isEqualTo("r-1");
        assertThat(texts(body, "summary"))
                .containsExactly(
                        "asked for userrecaptcha for route login",
                        "attempt 1: the solver is being asked",
                        "attempt 2: the solver is being asked",
                        "solved by callback",
                        "outcome: solved after 2 attempts, in 14.2 s");
        assertThat(texts(body, "since_previous_ms")).containsExactly("", "0", "0", "1500", "0");
        assertThat(texts(body, "at")).first().isEqualTo("2026-11-01T12:00:00Z");
        assertThat(body.path("events").get(3).path("payload").path("solution").has("digest"))
                .isTrue();
        assertThat(answer.body()).doesNotContain("token of r-1", "hunter2");
    }

    @Test
    void nobody_puts_a_line_of_their_own_into_a_summary() throws Exception {
        var forged =
                "{\"request_id\":\"r-1\",\"method\":\"x\\n2026-11-01\\u001b[2J\\u202e\\u2028y\",\"route\":\"a\\rb\"}";
        take(List.of(
                Records.raw(Topics.SUBMIT, 0, forged),
                Records.raw(
                        Topics.DEAD_LETTERS,
                        0,
                        "{\"request_id\":\"r-1\"}",
                        Records.header("dlq.reason", "no\nline\u0085here"))));

        var summaries = texts(JSON.readTree(get("/audit/r-1").body()), "summary");

        assertThat(summaries).hasSize(2).first().asString().contains("asked for x", "y for route a");
        assertThat(summaries)
                .allSatisfy(summary -> assertThat(summary).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]"));
    }

    @Test
    void a_report_says_what_was_reported() throws Exception {
        take(List.of(
                Records.raw(Topics.REPORTS, 0, "{\"task_id\":\"7\",\"good\":true}"),
                Records.raw(Topics.REPORTS, 1, "{\"task_id\":\"7\",\"good\":false}")));

        assertThat(texts(JSON.readTree(get("/audit/7").body()), "summary"))
                .containsExactly("its answer was reported good", "its answer was reported bad");
    }

    @Test
    void what_is_nested_as_deeply_as_can_be_is_told_as_json_that_can_be_read() throws Exception {
        int levels = RecordReading.MOST_LEVELS - 1;
        take(List.of(Records.raw(
                Topics.SUBMIT, 0, "{\"request_id\":\"deep\",\"a\":" + "[".repeat(levels) + "]".repeat(levels) + "}")));

        var answer = get("/audit/deep");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body())
                        .path("events")
                        .get(0)
                        .path("payload")
                        .path("a")
                        .isArray())
                .isTrue();
    }

    @Test
    void a_page_names_where_the_next_begins_and_the_last_does_not() throws Exception {
        take(Records.results(0, 5));

        var first = JSON.readTree(get("/audit?limit=3").body());
        var second = JSON.readTree(
                get("/audit?limit=3&after=" + first.path("next").asText()).body());

        assertThat(texts(first, "offset")).containsExactly("0", "1", "2");
        assertThat(texts(second, "offset")).containsExactly("3", "4");
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void an_export_is_a_line_a_row_however_many_there_are() throws Exception {
        for (int i = 0; i < 3; i++) {
            take(Records.results(i * 300L, 300));
        }

        var answer = get("/audit/export?from=2026-11-01T12:00:01Z");

        assertThat(answer.headers().firstValue("content-type")).hasValue("application/x-ndjson");
        var offsets = new ArrayList<Integer>();
        for (var line : answer.body().lines().toList()) {
            offsets.add(JSON.readTree(line).path("offset").asInt());
        }
        assertThat(offsets).hasSize(899).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void a_verification_says_whether_and_where_the_trail_was_touched() throws Exception {
        take(Records.results(0, 5));
        assertThat(get("/audit/verify").body()).isEqualTo("{\"intact\":true,\"rows\":5}");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("audit.db"));
                var statement = connection.createStatement()) {
            statement.execute("UPDATE audit_events SET payload = 'not JSON' WHERE record_offset = 2");
        }

        assertThat(get("/audit/verify").body())
                .isEqualTo("{\"intact\":false,\"rows\":5,\"breaks\":["
                        + "{\"topic\":\"captcha-results\",\"partition\":0,\"offset\":2,\"kind\":\"changed\"}]}");
        assertThat(get("/audit/r-2").statusCode()).isEqualTo(200);
    }

    @Test
    void what_cannot_be_answered_is_a_problem_that_says_why() throws Exception {
        assertThat(get("/audit/nobody").statusCode()).isEqualTo(404);
        assertThat(get("/elsewhere").body()).contains("/audit/verify");
        assertThat(get("/audit?from=yesterday").body()).contains("from is no time");
        assertThat(get("/audit?limit=0").body()).contains("limit");
        assertThat(get("/audit?after=there").body()).contains("after is no cursor");
        assertThat(get("/audit?staus=solved").statusCode()).isEqualTo(400);
        assertThat(get("/audit/%00").statusCode()).isEqualTo(404);
        assertThat(get("/audit?id=%00").statusCode()).isEqualTo(400);
        assertThat(get("/audit?from=%2B1000000000-12-31T23:59:59Z").statusCode())
                .isEqualTo(400);
        assertThat(get("/audit?to=-1000000000-01-01T00:00:00Z").statusCode()).isEqualTo(400);
        assertThat(get("/audit?after=MQphAGIKMAox").statusCode()).isEqualTo(400);
        assertThat(get("/audit?from=yesterday").headers().firstValue("content-type"))
                .hasValue("application/problem+json");
    }

    @Test
    void nobody_is_let_in_without_the_token() throws Exception {
        for (var path : List.of("/audit", "/audit/r-1", "/audit/export", "/audit/verify", "/elsewhere")) {
            var request = HttpRequest.newBuilder(uri(path)).build();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(401);
        }
    }

    private void take(List<RawRecord> records) throws Exception {
        var batch = new Batch(records);
        context.batches().positions(batch.partitions());
        context.batches().take(batch);
    }

    private HttpResponse<String> get(String path) throws Exception {
        var request = HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer api token")
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static List<String> texts(JsonNode body, String name) {
        var texts = new ArrayList<String>();
        body.path("events").forEach(event -> texts.add(event.path(name).asText()));
        return texts;
    }
}
