package io.captchapipeline.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Every test has a group and a route of its own, so that it sees its own outcomes only.
@WithKafka(own = true)
class WorkQueueIT {
    /// Longer than the broker takes to miss a member, ten seconds, and to lend anew what a member had fetched of a
    /// partition that it lost, thirty.
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration A_WHILE = Duration.ofSeconds(2);

    private final KafkaCluster kafka;
    private final String group;
    private final String route;

    WorkQueueIT(KafkaCluster kafka) {
        this.kafka = kafka;
        this.group = kafka.uniqueName("group");
        this.route = group.substring(0, 20);
    }

    @BeforeAll
    static void create(KafkaCluster kafka) {
        PipelineTopics.create(kafka);
    }

    @Test
    void what_was_there_before_and_is_committed_is_taken_and_nothing_else() {
        inTransaction(true, outcomes(0, 3));
        inTransaction(false, outcomes(100, 3));
        inTransaction(true, outcomes(3, 2));
        try (var queue = open(wanted())) {
            assertThat(takeAll(queue, 5)).containsExactlyInAnyOrder(id(0), id(1), id(2), id(3), id(4));
            assertThat(queue.take(Duration.ofSeconds(1))).isEmpty();
        }
    }

    @Test
    void a_new_group_is_told_apart_from_an_old_one() {
        inTransaction(true, outcomes(0, 2));
        try (var queue = open(wanted());
                var other = open(QueueConfig.group(group + "-other").routes(route))) {
            assertThat(takeAll(queue, 2)).hasSize(2);
            assertThat(takeAll(other, 2)).hasSize(2);
        }
    }

    @Test
    void accepted_is_gone_released_comes_again_and_rejected_does_not() {
        inTransaction(true, outcomes(0, 1));
        try (var queue = open(wanted())) {
            var first = queue.take(LONG).orElseThrow();
            assertThat(first.count()).isEqualTo(1);
            assertThat(first.release()).isTrue();

            var again = queue.take(LONG).orElseThrow();
            assertThat(again.answer().requestId()).hasToString(id(0));
            assertThat(again.count()).isEqualTo(2);
            assertThat(again.reject()).isTrue();

            assertThat(queue.take(Duration.ofSeconds(1))).isEmpty();
            assertThatThrownBy(again::accept).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void what_nothing_was_said_of_comes_again() {
        inTransaction(true, outcomes(0, 1));
        try (var queue = open(wanted())) {
            try (var forgotten = queue.take(LONG).orElseThrow()) {
                assertThat(forgotten.count()).isEqualTo(1);
            }
            assertThat(queue.take(LONG).orElseThrow().count()).isEqualTo(2);
        }
        try (var next = open(wanted())) {
            assertThat(next.take(LONG).orElseThrow().count()).isEqualTo(3);
        }
    }

    @Test
    void expired_tokens_other_routes_and_what_is_no_outcome_are_passed_and_counted() {
        var late =
                Outcomes.solved(id(0), "t", route, Clock.systemUTC().instant().minusSeconds(1));
        var inTime =
                Outcomes.solved(id(1), "t", route, Clock.systemUTC().instant().plusSeconds(3600));
        inTransaction(true, List.of(late, Outcomes.solvedOn("another", id(2), "t"), inTime));
        kafka.produce(List.of(new ProducerRecord<>("captcha-solved", id(3).getBytes(UTF_8), "{".getBytes(UTF_8))));
        var told = new ConcurrentLinkedQueue<String>();

        try (var queue =
                open(wanted().onExpired(solved -> told.add(solved.requestId().value())))) {
            assertThat(takeAll(queue, 1)).containsExactly(id(1));
            await().atMost(LONG).untilAsserted(() -> {
                assertThat(queue.take(Duration.ofMillis(200))).isEmpty();
                assertThat(queue.stats().unreadable()).isPositive();
                assertThat(queue.stats().otherRoutes()).isPositive();
                assertThat(queue.stats().expired()).isEqualTo(1);
            });
            assertThat(told).containsExactly(id(0));
            assertThat(queue.stats().delivered()).isEqualTo(1);
        }
    }

    /// Of both kinds: the broker may give all partitions of one topic to one worker.
    @Test
    void workers_share_the_work_and_each_answer_is_worked_on_once() {
        var workers = new ConcurrentLinkedQueue<String>();
        var done = new ConcurrentLinkedQueue<String>();
        var both = new CountDownLatch(2);
        inTransaction(true, outcomes(0, 30));
        inTransaction(true, failures(30, 30));
        try (var queue = open(wanted());
                var _ = queue.handle(2, answer -> {
                    if (!workers.contains(Thread.currentThread().getName())) {
                        workers.add(Thread.currentThread().getName());
                        both.countDown();
                        waitFor(both);
                    }
                    done.add(answer.requestId().value());
                })) {
            await().atMost(LONG).until(() -> done.size() >= 60);
        }
        assertThat(done).containsExactlyInAnyOrderElementsOf(ids(0, 60));
        assertThat(workers).hasSize(2);
    }

    @Test
    void a_handler_that_throws_gets_the_same_answer_again() {
        inTransaction(true, outcomes(0, 1));
        var deliveries = new ConcurrentLinkedQueue<Integer>();
        try (var queue = open(wanted());
                var _ = queue.work(1, (answer, delivery) -> {
                    deliveries.add(delivery);
                    if (delivery < 3) {
                        throw new IllegalStateException("not yet");
                    }
                    return Verdict.ACCEPT;
                })) {
            await().atMost(LONG).until(() -> deliveries.size() >= 3);
        }
        try (var after = open(wanted())) {
            assertThat(after.take(Duration.ofSeconds(1))).isEmpty();
        }
        assertThat(deliveries).containsExactly(1, 2, 3);
    }

    @Test
    void whoever_needs_longer_than_the_broker_lends_keeps_its_answer() throws Exception {
        lendFor(Duration.ofSeconds(5));
        inTransaction(true, outcomes(0, 1));
        var begun = new ConcurrentLinkedQueue<Long>();
        var finished = new ConcurrentLinkedQueue<Long>();
        try (var queue = open(wanted());
                var _ = queue.handle(2, answer -> {
                    var began = System.nanoTime();
                    begun.add(began);
                    await().atMost(LONG)
                            .until(() -> System.nanoTime() - began
                                    > Duration.ofSeconds(8).toNanos());
                    finished.add(System.nanoTime());
                })) {
            await().atMost(LONG).until(() -> !finished.isEmpty());
            assertThat(begun).hasSize(1);
            assertThat(queue.stats().lost()).isZero();
        }
        try (var after = open(wanted())) {
            assertThat(after.take(Duration.ofSeconds(1))).isEmpty();
        }
    }

    @Test
    void what_a_killed_worker_had_in_hand_goes_to_another() throws Exception {
        // Longer than the test takes: what is in hand comes back because its worker died, not because it was slow.
        lendFor(Duration.ofSeconds(60));
        inTransaction(true, outcomes(0, 20));
        try (var dying = DyingWorker.start(kafka.bootstrapServers(), group, route)) {
            var inHand = dying.awaitInHand();
            try (var queue = open(wanted())) {
                var accepted = new HashMap<String, Integer>();
                acceptAllThere(queue, accepted);
                assertThat(accepted).doesNotContainKey(inHand);

                dying.kill();

                await().atMost(LONG).until(() -> {
                    acceptAllThere(queue, accepted);
                    return accepted.size() >= 20;
                });
                assertThat(accepted).containsOnlyKeys(ids(0, 20));
                assertThat(accepted.get(inHand)).isGreaterThan(1);
            }
        }
    }

    /// Notes them by request id, and for the how manieth time each was handed out. What it took too long over comes
    /// again.
    private static void acceptAllThere(WorkQueue queue, Map<String, Integer> accepted) {
        for (var next = queue.take(A_WHILE); next.isPresent(); next = queue.take(A_WHILE)) {
            var delivery = next.get();
            if (delivery.accept()) {
                assertThat(accepted.put(delivery.answer().requestId().value(), delivery.count()))
                        .as("accepted before")
                        .isNull();
            }
        }
    }

    private WorkQueue open(QueueConfig config) {
        return new WorkQueue(ClientConfig.to(kafka.bootstrapServers()), config, Clock.systemUTC());
    }

    private QueueConfig wanted() {
        return QueueConfig.group(group).routes(route);
    }

    private static List<String> takeAll(WorkQueue queue, int count) {
        var taken = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            var delivery = queue.take(LONG).orElseThrow(() -> new AssertionError("only " + taken));
            taken.add(delivery.answer().requestId().value());
            assertThat(delivery.accept()).isTrue();
        }
        return taken;
    }

    private String id(int number) {
        return group + "-" + number;
    }

    private List<String> ids(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(this::id).toList();
    }

    private List<Outcome> outcomes(int first, int count) {
        return ids(first, count).stream()
                .map(id -> (Outcome) Outcomes.solvedOn(route, id, "token of " + id))
                .toList();
    }

    private List<Outcome> failures(int first, int count) {
        return ids(first, count).stream()
                .map(id -> (Outcome) Outcomes.failedOn(route, id, "ERROR_CAPTCHA_UNSOLVABLE"))
                .toList();
    }

    private void inTransaction(boolean commit, List<? extends Outcome> outcomes) {
        try (var producer = kafka.producer(Map.of("transactional.id", kafka.uniqueName("router")))) {
            producer.initTransactions();
            producer.beginTransaction();
            for (var outcome : outcomes) {
                var _ = producer.send(PipelineTopics.record(outcome));
            }
            producer.flush();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private void lendFor(Duration lock) throws Exception {
        try (var admin = kafka.admin()) {
            var resource = new ConfigResource(ConfigResource.Type.GROUP, group);
            var set = new AlterConfigOp(
                    new ConfigEntry("share.record.lock.duration.ms", Long.toString(lock.toMillis())),
                    AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
