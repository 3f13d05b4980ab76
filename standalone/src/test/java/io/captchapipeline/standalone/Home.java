package io.captchapipeline.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/// A place where an `up` lives: its directory and free ports, the same for every start.
record Home(Path directory, int kafka, int ingress, int management) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    static Home in(Path directory) throws IOException {
        try (var one = free();
                var two = free();
                var three = free()) {
            return new Home(directory, one.getLocalPort(), two.getLocalPort(), three.getLocalPort());
        }
    }

    Map<String, String> environment() {
        return Map.of(
                "DATA_DIR", data().toString(),
                "KAFKA_PORT", Integer.toString(kafka),
                "INGRESS_PORT", Integer.toString(ingress),
                "MANAGEMENT_PORT", Integer.toString(management));
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
        return send(HttpRequest.newBuilder(at(management, "/health/ready")));
    }

    HttpResponse<String> callBack(String taskId, String code) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(at(ingress, "/callback"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("id=" + taskId + "&code=" + code)));
    }

    /// The values of what `captcha-results` holds by now.
    List<String> results() {
        Map<String, Object> config = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + kafka);
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            var partitions = consumer.partitionsFor("captcha-results").stream()
                    .map(found -> new TopicPartition(found.topic(), found.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var left = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            var values = new ArrayList<String>();
            for (var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
                    values.size() < left && System.nanoTime() < end; ) {
                consumer.poll(Duration.ofMillis(200)).forEach(result -> values.add(result.value()));
            }
            return values;
        }
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(
                request.timeout(Duration.ofSeconds(10)).build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static URI at(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static ServerSocket free() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
