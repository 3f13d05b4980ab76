package io.captchapipeline.standalone;

import io.captchapipeline.broker.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// A place where an `up` lives: its directory and free ports, the same for every start.
record Home(Path directory, Map<String, Integer> ports, Map<String, String> more) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final List<String> PORTS = List.of(
            "KAFKA_PORT",
            "INGRESS_PORT",
            "RESULTS_PORT",
            "AUDIT_PORT",
            "ALERTING_PORT",
            "SANDBOX_PORT",
            "MANAGEMENT_PORT");

    static Home in(Path directory) {
        return new Home(
                directory,
                PORTS.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), _ -> FreePort.next())),
                Map.of());
    }

    /// With these settings too.
    Home with(Map<String, String> settings) {
        return new Home(directory, ports, settings);
    }

    /// Beside this one, on whatever ports are free.
    Home elsewhere() {
        var open = new HashMap<String, Integer>();
        PORTS.forEach(name -> open.put(name, 0));
        return new Home(directory, Map.copyOf(open), more);
    }

    int kafka() {
        return port("KAFKA_PORT");
    }

    int ingress() {
        return port("INGRESS_PORT");
    }

    int management() {
        return port("MANAGEMENT_PORT");
    }

    int port(String name) {
        return Objects.requireNonNull(ports.get(name), name);
    }

    Map<String, String> environment() {
        var environment = new HashMap<String, String>();
        ports.forEach((name, port) -> environment.put(name, Integer.toString(port)));
        environment.put("DATA_DIR", data().toString());
        environment.putAll(more);
        return Map.copyOf(environment);
    }

    /// A command that finds the `up` that runs here by its data.
    CaptchaProcess command(String... arguments) {
        return CaptchaProcess.start(directory, Map.of("DATA_DIR", data().toString()), arguments);
    }

    Path data() {
        return directory.resolve("data");
    }

    CaptchaProcess up(String... options) {
        var arguments = new ArrayList<>(List.of("up"));
        arguments.addAll(List.of(options));
        return CaptchaProcess.start(directory, environment(), arguments.toArray(String[]::new));
    }

    String secrets() throws IOException {
        return Files.readString(data().resolve("secrets.properties"));
    }

    HttpResponse<String> ready() throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(at(management(), "/health/ready")));
    }

    HttpResponse<String> callBack(String taskId, String code) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(at(ingress(), "/callback"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("id=" + taskId + "&code=" + code)));
    }

    /// The values of what `captcha-results` holds by now.
    List<String> results() {
        return records("captcha-results").stream().map(ConsumerRecord::value).toList();
    }

    /// The keys of what a topic holds by now, for readers of what is committed.
    List<String> committed(String topic) {
        return records(topic).stream().map(ConsumerRecord::key).toList();
    }

    /// What a topic holds by now, for readers of what is committed.
    List<ConsumerRecord<String, String>> records(String topic) {
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                "127.0.0.1:" + kafka(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(found -> new TopicPartition(found.topic(), found.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<String, String>>();
            for (var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
                    isBefore(consumer, ends) && System.nanoTime() < end; ) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }

    private static boolean isBefore(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    void produce(String topic, String value) throws Exception {
        Map<String, Object> config = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + kafka());
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    /// What one of the services answers.
    HttpResponse<String> get(String port, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(at(port(port), path)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(
                request.timeout(Duration.ofSeconds(10)).build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static URI at(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
