package io.captchapipeline.alerting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.kit.RunningServices;
import io.captchapipeline.kit.ServiceMain;
import io.captchapipeline.kit.kafka.KafkaClients;
import io.captchapipeline.kit.kafka.TopicAdmin;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.schemas.event.Alert;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Solution;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.Submitted;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.event.TicketKind;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Wire;
import io.captchapipeline.testkit.KafkaCluster;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Alerting on a real broker, in this process or in others, and those it listens to.
final class Deployment {
    static final Duration PATIENCE = Duration.ofSeconds(90);
    static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(5);
    static final String TOKEN_OF_A_TASK = "03AGdBq27lUJ_a_solution_nobody_may_see";

    private static final int PARTITIONS = 3;

    private final KafkaCluster kafka;
    private final Path directory;
    private final Map<String, String> settings;

    Deployment(KafkaCluster kafka, Path directory, Map<String, String> settings) {
        this.kafka = kafka;
        this.directory = directory;
        this.settings = settings;
        var clients = new KafkaClients(List.of(kafka.bootstrapServers()), Map.of());
        try (var topics = new TopicAdmin(clients, PARTITIONS, 1)) {
            topics.create(Topics.all());
        }
    }

    RunningServices start(String instance, int port) {
        return ServiceMain.runAll(
                List.of(Alerting.DEFINITION), Environment.of(Map.of()).giving(environment(instance, port)));
    }

    Map<String, String> environment(String instance, int port) {
        var environment = new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka.bootstrapServers(),
                "DATA_DIR",
                directory.resolve(instance).toString(),
                "BIND_ADDRESS",
                "127.0.0.1",
                "MANAGEMENT_PORT",
                "0",
                "ALERTING_PORT",
                Integer.toString(port),
                "TOPIC_PARTITIONS",
                Integer.toString(PARTITIONS),
                "TOPIC_REPLICATION",
                "1",
                "ALERT_INTERVAL",
                "1s",
                "DELIVERY_TIMEOUT",
                DELIVERY_TIMEOUT.toSeconds() + "s",
                "LOG_FORMAT",
                "text"));
        environment.putAll(settings);
        return environment;
    }

    /// Returns when the broker took each.
    List<Instant> submit(int from, int to) {
        return write(
                Topics.SUBMITTED,
                IntStream.range(from, to).mapToObj(Deployment::submitted).toList());
    }

    /// Returns when the broker took each.
    List<Instant> callBack(int from, int to) {
        return write(
                Topics.RESULTS,
                IntStream.range(from, to).mapToObj(Deployment::called).toList());
    }

    void buryOne() {
        kafka.produce(Topics.DEAD_LETTERS.name(), null, "{");
    }

    /// What is on the topic, as `STATE Name`.
    List<String> alerts() {
        return kafka.readAll(Topics.ALERTS.name()).stream()
                .map(found -> Wire.decode(Alert.class, found.value()))
                .map(alert -> alert.state().wire() + " " + alert.alert().wire())
                .toList();
    }

    /// Returns when the brokers' clock is past this.
    static void awaitTime(Instant time) {
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(time));
    }

    static JsonObject get(int port, String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build();
            return new JsonObject(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        }
    }

    private List<Instant> write(Topic<?> topic, List<? extends Event> events) {
        var records = events.stream()
                .map(event -> new ProducerRecord<>(
                        topic.name(), String.valueOf(event.key()).getBytes(UTF_8), Wire.encode(event)))
                .toList();
        return kafka.produce(records).stream()
                .map(taken -> Instant.ofEpochMilli(taken.timestamp()))
                .toList();
    }

    private static Submitted submitted(int task) {
        return new Submitted(
                new TaskId(Integer.toString(task)), null, null, null, null, null, null, null, Map.of(), null);
    }

    private static Result called(int task) {
        var id = new TaskId(Integer.toString(task));
        return new Result.Solved(
                id,
                RequestId.of(id),
                Solution.of(TOKEN_OF_A_TASK),
                null,
                null,
                null,
                Source.CALLBACK,
                Instant.now(),
                null,
                null,
                TicketKind.NONE);
    }
}
