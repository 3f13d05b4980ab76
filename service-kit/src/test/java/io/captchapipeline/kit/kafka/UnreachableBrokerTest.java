package io.captchapipeline.kit.kafka;

import static io.captchapipeline.kit.kafka.Events.result;
import static io.captchapipeline.kit.kafka.PublisherConformance.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.kafka.NotPublished.Reason;
import io.captchapipeline.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Nobody listens, or somebody who never answers.
class UnreachableBrokerTest {

    @Test
    void an_event_for_a_broker_that_is_not_there_fails_at_once() {
        try (var publishing = publishing("127.0.0.1:1")) {
            var publisher = publishing.to(Topics.RESULTS);

            failed(publisher.send(result("r-0")));

            var sent = publisher.send(result("r-1"));

            assertThat(sent.toCompletableFuture()).isDone();
            assertThat(failed(sent)).isEqualTo(Reason.UNAVAILABLE);
        }
    }

    @Test
    void an_event_for_a_broker_that_never_answers_fails_at_once() throws IOException {
        try (var silent = new ServerSocket(0);
                var publishing = publishing("127.0.0.1:" + silent.getLocalPort())) {
            var publisher = publishing.to(Topics.RESULTS);

            failed(publisher.send(result("r-0")));

            var sent = publisher.send(result("r-1"));

            assertThat(sent.toCompletableFuture()).isDone();
            assertThat(failed(sent)).isEqualTo(Reason.UNAVAILABLE);
        }
    }

    @Test
    void after_its_end_a_publisher_says_so() {
        var publishing = publishing("127.0.0.1:1");
        var publisher = publishing.to(Topics.RESULTS);
        publishing.close();

        assertThat(failed(publisher.send(result("r-1")))).isEqualTo(Reason.CLOSED);
    }

    @Test
    void topics_of_a_broker_that_is_not_there_name_the_address_and_the_setting() {
        try (var topics = new TopicAdmin(clients("127.0.0.1:1"), 6, 1)) {
            assertThatThrownBy(() -> topics.check(Topics.all()))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("127.0.0.1:1")
                    .hasMessageContaining("KAFKA_BOOTSTRAP_SERVERS");
        }
    }

    @Test
    void a_host_that_does_not_exist_is_named_too() {
        assertThatThrownBy(() -> new TopicAdmin(clients("no-such-host.invalid:9092"), 6, 1))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("no-such-host.invalid:9092")
                .hasMessageContaining("KAFKA_BOOTSTRAP_SERVERS");
    }

    @Test
    void what_passes_through_gives_way_to_what_a_client_must_have() {
        var clients = new KafkaClients(List.of("a:9092"), Map.of("acks", "1", "security.protocol", "SSL"));

        assertThat(clients.producer(Map.of("acks", "all")))
                .containsEntry("acks", "all")
                .containsEntry("security.protocol", "SSL")
                .containsEntry("bootstrap.servers", "a:9092");
        assertThat(clients.admin(Map.of())).doesNotContainKey("acks");
    }

    private static Publishing publishing(String servers) {
        return new Publishing(
                "test", clients(servers), PublisherConformance.LIMITS, Clock.systemUTC(), new SimpleMeterRegistry());
    }

    private static KafkaClients clients(String servers) {
        return new KafkaClients(List.of(servers), Map.of());
    }
}
