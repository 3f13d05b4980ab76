package io.captchapipeline.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

class KafkaConfigsTest {
    private final KafkaConfigs configs =
            new KafkaConfigs(ClientConfig.to("localhost:9092").patience(Duration.ofSeconds(7)));

    @Test
    void nobody_waits_longer_for_kafka_than_patience_says() {
        assertThat(configs.producer()).containsEntry("delivery.timeout.ms", 7000);
        assertThat(configs.outcomeConsumer()).containsEntry("default.api.timeout.ms", 7000);
        assertThat(configs.shareConsumer("group")).containsEntry("default.api.timeout.ms", 7000);
        assertThat(configs.admin()).containsEntry("default.api.timeout.ms", 7000);
    }

    @Test
    void a_worker_takes_these_settings() {
        var bytes = new ByteArrayDeserializer();
        var worker = new KafkaShareConsumer<>(configs.shareConsumer("group"), bytes, bytes);

        worker.close();
    }
}
