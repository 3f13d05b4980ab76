package io.captchapipeline.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.captchapipeline.testkit.promise.AcknowledgedIsDurable;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@WithKafka(own = true)
@Timeout(120)
class OwnKafkaIT {
    @Test
    void what_was_acknowledged_before_and_after_a_restart_is_there(KafkaCluster kafka) throws Exception {
        var topic = kafka.createTopic(kafka.uniqueName("letters"));
        var durable = new AcknowledgedIsDurable();
        var address = kafka.bootstrapServers();
        try (var producer = kafka.producer(Map.of())) {
            send(producer, topic, "before", durable);

            kafka.stop();
            kafka.start();

            send(producer, topic, "after", durable);
        }

        assertThat(kafka.bootstrapServers()).isEqualTo(address);
        durable.found(kafka.readAll(topic), record -> new String(record.value(), UTF_8));
        durable.verify();
    }

    @Test
    void a_stopped_broker_acknowledges_nothing(KafkaCluster kafka) {
        var topic = kafka.createTopic(kafka.uniqueName("letters"));
        kafka.stop();
        try (var producer = kafka.producer(
                Map.of("max.block.ms", 1000, "delivery.timeout.ms", 1000, "request.timeout.ms", 500, "linger.ms", 0))) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, new byte[1]))
                            .get())
                    .isInstanceOf(ExecutionException.class);
        } finally {
            kafka.start();
        }
        assertThat(kafka.readAll(topic)).isEmpty();
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer, String topic, String value, AcknowledgedIsDurable durable)
            throws Exception {
        producer.send(new ProducerRecord<>(topic, value.getBytes(UTF_8))).get(30, TimeUnit.SECONDS);
        durable.acknowledged(value);
    }
}
