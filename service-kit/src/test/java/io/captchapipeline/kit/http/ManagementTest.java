package io.captchapipeline.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.kit.health.Health;
import io.captchapipeline.kit.health.HealthCheck;
import io.captchapipeline.kit.metrics.Metrics;
import io.captchapipeline.kit.settings.Catalogue;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementTest {

    private final List<HealthCheck> checks = new ArrayList<>();
    private final Metrics metrics = new Metrics();
    private final Vertx vertx = metrics.vertx(new VertxOptions());
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpService service = HttpService.on(
            vertx,
            HttpService.Listen.on("127.0.0.1", 0, Catalogue.MANAGEMENT_PORT),
            () -> new Management(vertx, () -> checks, metrics.registry()));

    @BeforeEach
    void start() {
        service.start();
    }

    @AfterEach
    void stop() {
        client.close();
        service.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        metrics.close();
    }

    @Test
    void ready_is_up_while_every_check_is() throws Exception {
        checks.add(new HealthCheck("kafka", () -> Health.ofUp().with("brokers", 3)));

        var answer = send("GET", "/health/ready");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(answer.body())).isEqualTo(new JsonObject("""
                        {"status":"UP","checks":[{"name":"kafka","status":"UP","data":{"brokers":3}}]}"""));
    }

    @Test
    void one_check_that_is_down_turns_ready_down_and_live_not() throws Exception {
        checks.add(new HealthCheck("lifecycle", Health::ofUp));
        checks.add(new HealthCheck("kafka", () -> Health.down("no answer")));

        var ready = send("GET", "/health/ready");
        var live = send("GET", "/health/live");

        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(ready.body()).getString("status")).isEqualTo("DOWN");
        assertThat(live.statusCode()).isEqualTo(200);
        assertThat(live.body()).isEqualTo("{\"status\":\"UP\",\"checks\":[]}");
    }

    @Test
    void metrics_name_the_jvm_and_the_http_server() throws Exception {
        send("GET", "/health/live");

        var page = send("GET", "/metrics").body();

        assertThat(page).contains("jvm_memory_used_bytes{", "vertx_http_server_response_time_seconds_count{");
    }

    @Test
    void no_label_holds_what_a_caller_made_up() throws Exception {
        send("MADEUP", "/health/live?token=hunter2");
        send("GET", "/no/such/path-42");

        var page = send("GET", "/metrics").body();

        assertThat(page).contains("method=\"other\"").doesNotContain("MADEUP", "hunter2", "path-42", "remote=");
    }

    @Test
    void what_is_not_known_here_is_a_problem() throws Exception {
        var unknown = send("GET", "/nothing");
        var posted = send("POST", "/metrics");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(new JsonObject(unknown.body()).getString("title")).isEqualTo("Not Found");
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("allow")).contains("GET, HEAD");
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
