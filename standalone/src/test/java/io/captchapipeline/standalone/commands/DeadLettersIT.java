package io.captchapipeline.standalone.commands;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.kafka.KafkaClients;
import io.captchapipeline.schemas.wire.DeadLetter;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Dead letters by the hundred, and such as cannot be sent back among them. The tests play the services.
@WithKafka(own = true)
class DeadLettersIT {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

    private final KafkaCluster kafka;
    private final KafkaClients clients;

    DeadLettersIT(KafkaCluster kafka) {
        this.kafka = kafka;
        this.clients = new KafkaClients(List.of(kafka.bootstrapServers()), Map.of());
    }

    @BeforeAll
    static void create(KafkaCluster kafka) {
        kafka.createTopic(DeadLetterBox.TOPIC, 6, Map.of());
    }

    @Test
    void one_is_sent_back_as_it_was() {
        var origin = kafka.createTopic(kafka.uniqueName("one"));
        kafka.produce(List.of(letter(origin, "before"), letter(origin, "wanted"), letter(origin, "after")));
        var letters = DeadLetterBox.at(clients).letters().stream()
                .filter(letter -> letter.topic().equals(origin))
                .toList();
        assertThat(letters).hasSize(3).allSatisfy(letter -> {
            assertThat(letter.record().value()).as("left where it is").isNull();
            assertThat(letter.bytes()).isEqualTo("3");
            assertThat(letter.reason()).isEqualTo("no reason");
        });

        var wanted = kafka.readAll(DeadLetterBox.TOPIC).stream()
                .filter(record -> "wanted".equals(new String(record.key(), UTF_8)))
                .findFirst()
                .orElseThrow();
        DeadLetterBox.at(clients).replay(wanted.partition() + "-" + wanted.offset());

        assertThat(kafka.readAll(origin)).singleElement().satisfies(record -> {
            assertThat(new String(record.key(), UTF_8)).isEqualTo("wanted");
            assertThat(new String(record.value(), UTF_8)).isEqualTo("was");
            assertThat(record.headers()).extracting(Header::key).containsExactly("own");
        });
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> DeadLetterBox.at(clients).replay("77-77"));
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> DeadLetterBox.at(clients).replay("nonsense"));
    }

    @Test
    void all_are_sent_back_once_and_what_cannot_be_is_named() {
        var _ = Resending.ofAll(clients);
        var origin = kafka.createTopic(kafka.uniqueName("all"));
        var many =
                IntStream.range(0, 250).mapToObj(i -> letter(origin, "k-" + i)).toList();
        var homeless = new ProducerRecord<>(DeadLetterBox.TOPIC, "homeless".getBytes(UTF_8), new byte[0]);
        var large = letter(origin, "large");
        large.headers().add(DeadLetter.LEFT_BYTES, "5000000".getBytes(UTF_8));
        kafka.produce(many.subList(0, 120));
        kafka.produce(List.of(homeless, large, letter("gone-long-ago", "k")));
        kafka.produce(many.subList(120, 250));

        var first = Resending.ofAll(clients);
        var second = Resending.ofAll(clients);

        assertThat(first.sent()).isEqualTo(250);
        assertThat(first.passedOver())
                .hasSize(3)
                .anySatisfy(each -> assertThat(each).endsWith(": it does not say where it came from"))
                .anySatisfy(each -> assertThat(each).contains("too large"))
                .anySatisfy(each -> assertThat(each).endsWith(": there is no topic gone-long-ago"));
        assertThat(second.sent()).isZero();
        assertThat(second.passedOver()).isEmpty();
        assertThat(kafka.readAll(origin))
                .extracting(record -> new String(record.key(), UTF_8))
                .doesNotHaveDuplicates()
                .hasSize(250);
    }

    private static ProducerRecord<byte[], byte[]> letter(String origin, String key) {
        var record = new ProducerRecord<>(DeadLetterBox.TOPIC, key.getBytes(UTF_8), "was".getBytes(UTF_8));
        record.headers().add("own", "header".getBytes(UTF_8));
        new DeadLetter(origin, 0, 7, "result-router", "no reason", AT)
                .headers()
                .forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        return record;
    }
}
