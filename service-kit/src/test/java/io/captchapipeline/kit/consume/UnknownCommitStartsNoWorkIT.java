package io.captchapipeline.kit.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.broker.BrokerConfig;
import io.captchapipeline.broker.EmbeddedBroker;
import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.kafka.Transactions;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.testkit.FaultProxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The wire fails between the request to commit and its reply.
@Timeout(180)
class UnknownCommitStartsNoWorkIT {

    private final AtomicReference<Runnable> fault = new AtomicReference<>(UnknownCommitStartsNoWorkIT::none);
    private final Set<String> worked = ConcurrentHashMap.newKeySet();
    private final Set<String> dropped = ConcurrentHashMap.newKeySet();
    private final FaultProxy proxy = FaultProxy.listen();

    @TempDir
    private Path directory;

    private EmbeddedBroker broker;
    private Bed bed;
    private Running loop;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start(BrokerConfig.in(directory).advertisedOn(proxy.port()));
        proxy.carryTo(broker.port());
        bed = Bed.with(broker.bootstrapServers(), 1);
        loop = bed.claims(this::choose, group -> new Transactions(group, bed.clients, FailingWire::new));
        loop.start();
        bed.write("k", "before");
        awaitWorked("before");
    }

    @AfterEach
    void close() {
        proxy.restore();
        loop.close();
        bed.close();
        broker.close();
        proxy.close();
    }

    @Test
    void a_commit_that_got_through_unheard_is_not_worked_on_and_not_repeated() throws Exception {
        fault.set(proxy::stallReplies);
        var first = bed.write("k", "r-0");

        awaitUnknown();
        proxy.restore();
        bed.write("k", "after");
        awaitWorked("after");

        assertThat(first.offset()).isPositive();
        assertThat(worked).doesNotContain("r-0");
        assertThat(dropped).containsExactly("r-0");
        assertThat(marks()).containsEntry("r-0", 1).containsEntry("after", 1);
    }

    @Test
    void a_commit_that_never_arrived_is_asked_for_again() throws Exception {
        fault.set(proxy::cut);
        bed.write("k", "r-0");

        awaitUnknown();
        assertThat(worked).doesNotContain("r-0");
        proxy.restore();
        awaitWorked("r-0");

        assertThat(dropped).containsExactly("r-0");
        assertThat(marks()).containsEntry("r-0", 1);
    }

    @Test
    void health_is_down_while_nothing_can_be_committed_and_up_again_after() throws Exception {
        fault.set(proxy::cut);
        bed.write("k", "r-0");

        await().atMost(Bed.PATIENCE).until(() -> !Bed.health(loop).up());
        proxy.restore();
        awaitWorked("r-0");

        await().atMost(Bed.PATIENCE).until(() -> Bed.health(loop).up());
    }

    /// Whatever it throws is thrown by the real producer; only the moment of the fault is arranged.
    private final class FailingWire extends KafkaProducer<byte[], byte[]> {

        FailingWire(Map<String, Object> configs) {
            super(configs, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public void commitTransaction() {
            flush();
            fault.getAndSet(UnknownCommitStartsNoWorkIT::none).run();
            super.commitTransaction();
        }
    }

    private static void none() {}

    private Claim choose(Received<Result> received, Share share) {
        var id = Bed.id(received);
        return new Claim.Take(List.of(bed.mark(received)), () -> worked.add(id), () -> dropped.add(id));
    }

    private void awaitUnknown() {
        await().atMost(Bed.PATIENCE)
                .until(() -> bed.registry
                                .find("captcha.claim.commit")
                                .tag("outcome", "unknown")
                                .timer()
                        != null);
    }

    private void awaitWorked(String id) {
        await().atMost(Bed.PATIENCE).until(() -> worked.contains(id));
    }

    /// How often each id is marked.
    private Map<String, Integer> marks() {
        var partition = new TopicPartition(bed.marks.name(), 0);
        var counts = new HashMap<String, Integer>();
        try (var reader = new KafkaConsumer<>(
                bed.clients.consumer(Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            reader.assign(List.of(partition));
            reader.seekToBeginning(List.of(partition));
            var end = reader.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (reader.position(partition) < end) {
                reader.poll(Bed.A_MOMENT).forEach(mark -> counts.merge(Bed.id(mark.value()), 1, Integer::sum));
            }
        }
        return counts;
    }
}
