package io.captchapipeline.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.captchapipeline.broker.BrokerConfig;
import io.captchapipeline.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ProxiedKafkaIT {
    @Test
    void clients_of_a_broker_that_advertises_the_proxy_stay_behind_it(@TempDir Path directory) throws Exception {
        try (var proxy = FaultProxy.listen();
                var broker = EmbeddedBroker.start(BrokerConfig.in(directory).advertisedOn(proxy.port()))) {
            proxy.carryTo(broker.port());
            createTopic(broker.bootstrapServers());
            try (var producer = producer(broker.bootstrapServers())) {
                var record = new ProducerRecord<byte[], byte[]>("letters", "value".getBytes(UTF_8));
                producer.send(record).get(30, TimeUnit.SECONDS);

                proxy.stall();
                var stalled = producer.send(record);
                assertThatThrownBy(() -> stalled.get(300, TimeUnit.MILLISECONDS))
                        .isInstanceOf(TimeoutException.class);
                proxy.restore();

                assertThat(stalled.get(30, TimeUnit.SECONDS).offset()).isEqualTo(1);
                proxy.cut();
                var cutOff = producer.send(record);
                proxy.restore();
                assertThat(cutOff.get(30, TimeUnit.SECONDS).offset()).isEqualTo(2);
            }
        }
    }

    private static void createTopic(String bootstrapServers) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic("letters", 1, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
