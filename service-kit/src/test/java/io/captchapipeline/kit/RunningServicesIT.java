package io.captchapipeline.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.broker.BrokerConfig;
import io.captchapipeline.broker.EmbeddedBroker;
import io.captchapipeline.kit.consume.Handled;
import io.captchapipeline.kit.kafka.Events;
import io.captchapipeline.kit.kafka.Publisher;
import io.captchapipeline.kit.kafka.TopicAdmin;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.schemas.event.CallbackHealth;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.topic.Pipeline;
import io.captchapipeline.schemas.topic.Topics;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service of one publisher, run by the kit against a real broker.
class RunningServicesIT {

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;

    private final AtomicReference<Publisher<Result>> results = new AtomicReference<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(BrokerConfig.in(directory));
        try (var topics = TopicAdmin.of(Settings.read(environment(), List.of(Catalogue.INGRESS)))) {
            topics.create(Topics.all());
        }
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void a_service_is_ready_once_it_serves_and_no_longer_when_it_is_closed() {
        var services = ServiceMain.runAll(List.of(publishing()), environment());

        assertThat(services.isReady()).isTrue();
        services.close();
        assertThat(services.isReady()).isFalse();
    }

    @Test
    void the_metrics_name_the_jvm_the_http_server_and_the_producer() throws Exception {
        try (var services = ServiceMain.runAll(List.of(publishing()), environment())) {
            var ready = get(services, "/health/ready");
            results.get().send(Events.result("r-1")).toCompletableFuture().join();

            var page = get(services, "/metrics").body();

            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.body()).contains("\"name\":\"kafka\",\"status\":\"UP\"");
            assertThat(page)
                    .contains(
                            "jvm_memory_used_bytes{",
                            "vertx_http_server_requests_total{",
                            "kafka_producer_record_send_total{");
        }
    }

    @Test
    void a_topic_that_is_not_the_services_own_stops_the_start() {
        var greedy = new ServiceDefinition<>(Pipeline.INGRESS_CALLBACK, settings -> settings, (_, context) -> {
            context.publisher(Topics.SOLVED);
            return Running.all();
        });

        assertThatThrownBy(() -> ServiceMain.runAll(List.of(greedy), environment()))
                .isInstanceOf(ForbiddenTopic.class)
                .hasMessageContaining("ingress-callback may not write captcha-solved");
    }

    @Test
    void a_topic_that_is_not_the_services_own_to_read_stops_the_start() {
        var greedy = new ServiceDefinition<>(
                Pipeline.INGRESS_CALLBACK,
                settings -> settings,
                (_, context) -> context.consume(Topics.SUBMIT, "", _ -> Handled.done()));

        assertThatThrownBy(() -> ServiceMain.runAll(List.of(greedy), environment()))
                .isInstanceOf(ForbiddenTopic.class)
                .hasMessageContaining("ingress-callback may not read captcha-submit");
    }

    @Test
    void what_a_service_consumes_is_seen_in_its_health_and_metrics() throws Exception {
        var handled = new CountDownLatch(1);
        var alerting = new ServiceDefinition<>(
                Pipeline.ALERTING,
                settings -> settings,
                (_, context) -> context.consume(Topics.RESULTS, "rates", _ -> {
                    handled.countDown();
                    return Handled.done();
                }));
        try (var services = ServiceMain.runAll(List.of(publishing(), alerting), environment())) {
            results.get().send(Events.result("r-1")).toCompletableFuture().join();
            assertThat(handled.await(60, TimeUnit.SECONDS)).isTrue();

            assertThat(get(services, "/health/ready").body())
                    .contains("\"name\":\"captcha-alerting-rates\",\"status\":\"UP\"");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> get(services, "/metrics").body().contains("captcha_records_handled_total{"));
        }
    }

    @Test
    void a_taken_management_port_stops_the_start_and_is_named() throws Exception {
        try (var taken = new ServerSocket(0)) {
            var environment = environment(Map.of("MANAGEMENT_PORT", Integer.toString(taken.getLocalPort())));

            assertThatThrownBy(() -> ServiceMain.runAll(List.of(publishing()), environment))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("set MANAGEMENT_PORT to another port");
        }
    }

    @Test
    void a_missing_topic_stops_the_start_and_says_what_to_do() {
        var environment = environment(Map.of("TOPIC_PARTITIONS", "7"));

        assertThatThrownBy(() -> ServiceMain.runAll(List.of(publishing()), environment))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("captcha-results has 6 partitions, not 7");
    }

    private ServiceDefinition<Settings> publishing() {
        return new ServiceDefinition<>(Pipeline.INGRESS_CALLBACK, settings -> settings, (_, context) -> {
            results.set(context.publisher(Topics.RESULTS));
            Publisher<CallbackHealth> _ = context.publisher(Topics.CALLBACK_HEALTH);
            return Running.all();
        });
    }

    private static Environment environment() {
        return environment(Map.of("MANAGEMENT_PORT", "0"));
    }

    private static Environment environment(Map<String, String> variables) {
        return Environment.of(variables)
                .giving(Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                        "CALLBACK_SECRET", "s",
                        "BIND_ADDRESS", "127.0.0.1",
                        "TOPIC_REPLICATION", "1"));
    }

    private HttpResponse<String> get(RunningServices services, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + services.managementPort() + path))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
