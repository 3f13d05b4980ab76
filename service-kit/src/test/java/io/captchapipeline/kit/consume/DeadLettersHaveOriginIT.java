package io.captchapipeline.kit.consume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.kafka.DeadLetters;
import io.captchapipeline.kit.kafka.Events;
import io.captchapipeline.kit.kafka.RecordSize;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.topic.ServiceContract;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Wire;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import io.captchapipeline.testkit.promise.NothingIsStuck;
import io.captchapipeline.testkit.promise.Origin;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@WithKafka(own = true)
@Timeout(180)
class DeadLettersHaveOriginIT {

    private static final int GOOD = 50;

    private final NothingIsStuck promise = new NothingIsStuck();
    private final Set<String> done = ConcurrentHashMap.newKeySet();
    private final KafkaCluster kafka;
    private Bed bed;

    DeadLettersHaveOriginIT(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    @BeforeEach
    void open() {
        bed = Bed.with(kafka.bootstrapServers(), 1);
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void poison_and_what_a_handler_declares_dead_delay_nobody_through_a_restart() throws Exception {
        poison("k-1", "no JSON".getBytes(UTF_8));
        poison("k-1", Wire.encode(Events.result("k-1", "declared dead")));
        good(0, GOOD);
        var first = started();
        awaitDone(GOOD);
        first.close();
        poison("k-2", "{\"status\":\"unheard of\"}".getBytes(UTF_8));
        good(GOOD, 2 * GOOD);
        var second = started();
        awaitDone(2 * GOOD);
        await().atMost(Bed.PATIENCE).until(() -> bed.committedSum() == 2 * GOOD + 3);
        second.close();

        var letters = letters();
        promise.deadLetters(letters);
        promise.verify();
        assertThat(letters).hasSize(3);
        assertThat(letters.getFirst().key()).isEqualTo("k-1".getBytes(UTF_8));
        assertThat(bed.registry
                        .counter(
                                "captcha.unreadable.records", "service", bed.contract.name(), "topic", bed.topic.name())
                        .count())
                .isEqualTo(2);
    }

    @Test
    void poison_as_large_as_its_topic_takes_delays_nobody() throws Exception {
        var largest = new byte[RecordSize.MOST - 200];
        var poison = bed.writeLarge("k-1", largest);
        bed.write("k-1", "r-1");

        var loop = started();
        awaitDone(1);
        await().atMost(Bed.PATIENCE).until(() -> bed.committedSum() == 2);
        loop.close();

        var letter = letters().getFirst();
        assertThat(letter.value()).isNull();
        assertThat(header(letter, "dlq.offset")).isEqualTo(Long.toString(poison.offset()));
        assertThat(Integer.parseInt(header(letter, "dlq.left_bytes"))).isGreaterThan(largest.length);
    }

    @Test
    void a_dead_letter_that_the_broker_does_not_take_holds_its_offset_until_it_does() throws Exception {
        try (var admin = kafka.admin()) {
            admin.deleteTopics(List.of(Topics.DEAD_LETTERS.name())).all().get();
        }
        var poison = bed.writeBytes("k-1", "no JSON".getBytes(UTF_8));
        bed.write("k-2", "r-1");
        var loop = started();
        awaitDone(1);
        await().atMost(Bed.PATIENCE).until(() -> !Bed.health(loop).up());
        assertThat(bed.committed()).isEmpty();

        bed.create(1, List.of(Topics.DEAD_LETTERS));

        await().atMost(Bed.PATIENCE).until(() -> bed.committedSum() == 2);
        await().atMost(Bed.PATIENCE).until(() -> Bed.health(loop).up());
        assertThat(letters()).hasSize(1);
        assertThat(poison.offset()).isZero();
        loop.close();
    }

    @Test
    void a_service_that_does_not_own_the_effect_counts_and_passes() throws Exception {
        bed.writeBytes("k-1", "no JSON".getBytes(UTF_8));
        bed.write("k-1", "declared dead");
        bed.write("k-1", "r-1");
        var onlooker = new ServiceContract(bed.contract.name(), "looks on", List.of(bed.topic), List.of());
        var loop = new Loops(onlooker, bed.clients, Clock.systemUTC(), bed.registry)
                .consume(bed.topic, "", this::handle, ConsumeLimits.DEFAULT, DeadLetters.NONE);
        loop.start();

        awaitDone(1);
        await().atMost(Bed.PATIENCE).until(() -> bed.committedSum() == 3);
        loop.close();

        assertThat(letters()).isEmpty();
    }

    private Running started() {
        var loop = bed.consumer(this::handle, ConsumeLimits.DEFAULT);
        loop.start();
        return loop;
    }

    private Handled handle(Received<Result> received) {
        var id = Bed.id(received);
        if (id.equals("declared dead")) {
            return Handled.dead("declared so");
        }
        promise.cameThrough(id);
        done.add(id);
        return Handled.done();
    }

    private void poison(String key, byte[] value) throws Exception {
        promise.poison(Origin.of(bed.writeBytes(key, value)), value);
    }

    private void good(int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            promise.good("r-" + i);
            bed.write("k-" + i % 4, "r-" + i);
        }
    }

    /// Of this test's topic.
    private List<ConsumerRecord<byte[], byte[]>> letters() {
        return kafka.readAll(Topics.DEAD_LETTERS.name()).stream()
                .filter(letter -> header(letter, "dlq.topic").equals(bed.topic.name()))
                .toList();
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }

    private void awaitDone(int count) {
        await().atMost(Bed.PATIENCE).until(() -> done.size() >= count);
    }
}
