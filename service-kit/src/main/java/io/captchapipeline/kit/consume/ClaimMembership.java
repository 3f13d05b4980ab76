package io.captchapipeline.kit.consume;

import io.captchapipeline.kit.kafka.Transactions;
import io.captchapipeline.kit.kafka.Transactions.Outcome;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A claim loop's stay in its group. A round is: poll; ask the claimant; commit what it decided, in one transaction, as
/// the member that the poll delivered to; start the works.
///
/// After a transaction that is not known to be committed there is one way on: drop everything in hand, settle that
/// transaction, and read on from where the group's committed offsets say.
final class ClaimMembership<E extends Event> implements Membership, ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimMembership.class);

    private static final Duration POLL = Duration.ofMillis(100);
    /// While works run, whose end may give room.
    private static final Duration POLL_WHILE_WORKING = Duration.ofMillis(5);
    private static final Duration LEAVE = Duration.ofSeconds(3);

    private final SequencedMap<TopicPartition, Hand<E>> hands = new LinkedHashMap<>();
    private final Topic<E> topic;
    private final Consumer<byte[], byte[]> consumer;
    private final Transactions transactions;
    private final Choosing<E> choosing;
    private final Works works;
    private final LoopHealth health;
    private final LoopMetrics metrics;
    private ConsumerGroupMetadata member;
    private Share share = new Share(0, 1);
    private boolean assignmentChanged;
    private boolean settled;
    private int commitsFailed;
    private int settlesFailed;
    private long settleAgain = System.nanoTime();
    private long endedBefore;

    ClaimMembership(
            Topic<E> topic,
            Consumer<byte[], byte[]> consumer,
            Transactions transactions,
            Choosing<E> choosing,
            Works works,
            LoopHealth health,
            LoopMetrics metrics) {
        this.topic = topic;
        this.consumer = consumer;
        this.transactions = transactions;
        this.choosing = choosing;
        this.works = works;
        this.health = health;
        this.metrics = metrics;
        this.member = consumer.groupMetadata();
        consumer.subscribe(List.of(topic.name()), this);
    }

    @Override
    public void round() {
        if (!settled && System.nanoTime() - settleAgain >= 0) {
            settle();
        }
        var read = consumer.poll(untilSomethingIsDue());
        beTheMemberOfThisPoll();
        tellShare();
        read.forEach(this::hold);
        if (settled) {
            chooseAndCommit();
        }
        pauseWhatIsHeld();
    }

    /// The works' partitions stay ours until they have ended: a successor with a full share would exceed a limit.
    @Override
    public void drain(long deadline) {
        while (works.areRunning() && System.nanoTime() - deadline < 0) {
            consumer.pause(consumer.assignment());
            consumer.poll(POLL_WHILE_WORKING);
        }
    }

    @Override
    public void close() {
        dropHands();
        try {
            transactions.close();
        } finally {
            consumer.close(CloseOptions.timeout(LEAVE));
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        assignmentChanged = true;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        dropHands(partitions);
        assignmentChanged = true;
        commitsFailed = 0;
    }

    /// What is in hand was delivered to a member of an earlier generation, and a commit as the present one would not
    /// show who owns it now. It is read again.
    private void beTheMemberOfThisPoll() {
        var now = consumer.groupMetadata();
        if (now.generationId() != member.generationId() || !now.memberId().equals(member.memberId())) {
            hands.forEach((partition, hand) -> {
                var first = hand.first();
                if (first != null) {
                    consumer.seek(partition, first.offset());
                }
            });
            dropHands();
        }
        member = now;
    }

    private void tellShare() {
        if (assignmentChanged) {
            var partitions = consumer.partitionsFor(topic.name()).size();
            share = new Share(consumer.assignment().size(), partitions);
            choosing.claimant().assigned(share);
            assignmentChanged = false;
        }
    }

    private void hold(ConsumerRecord<byte[], byte[]> read) {
        hands.computeIfAbsent(new TopicPartition(read.topic(), read.partition()), _ -> new Hand<>())
                .add(new Hand.Held<>(read, Reading.of(topic, read)));
    }

    private void chooseAndCommit() {
        var chosen = new Chosen();
        var committed = false;
        try {
            choose(chosen);
            committed = chosen.isEmpty() || commit(chosen);
        } finally {
            if (!committed) {
                chosen.dropped();
            }
        }
    }

    private void choose(Chosen chosen) {
        var ended = works.ended();
        var workEnded = ended != endedBefore;
        endedBefore = ended;
        hands.forEach((partition, hand) -> {
            if (hand.isDue(System.nanoTime(), workEnded)) {
                choosing.choose(partition, hand, share, chosen);
            }
        });
    }

    private boolean commit(Chosen chosen) {
        var sample = metrics.commitBegins();
        var outcome = transactions.commit(chosen.written(), chosen.offsets(), member);
        metrics.commitEnds(sample, outcome);
        if (outcome == Outcome.COMMITTED) {
            chosen.committed(works);
            letTheNextBeFirst();
            commitsFailed = 0;
            health.well();
            return true;
        }
        settled = false;
        failed(++commitsFailed, outcome.name(), BackOff.after(commitsFailed));
        return false;
    }

    /// Or one partition would have whatever room there is, for as long as it has records.
    private void letTheNextBeFirst() {
        var first = hands.pollFirstEntry();
        if (first != null) {
            hands.putLast(first.getKey(), first.getValue());
        }
    }

    /// Finds out what became of the last transaction, and reads on from there.
    private void settle() {
        try {
            transactions.open();
            var owned = consumer.assignment();
            var committed = consumer.committed(owned);
            for (var partition : owned) {
                var offset = committed.get(partition);
                if (offset == null) {
                    consumer.seekToBeginning(List.of(partition));
                } else {
                    consumer.seek(partition, offset);
                }
            }
            dropHands();
            settled = true;
            settlesFailed = 0;
            if (commitsFailed <= 1) {
                health.well();
            }
        } catch (KafkaException e) {
            failed(++settlesFailed, e.getClass().getSimpleName(), BackOff.ofBroker(settlesFailed));
        }
    }

    /// Once is what a rebalance does; more is trouble.
    private void failed(int failures, String reason, Duration pause) {
        if (failures > 1) {
            health.trouble("its transactions do not get through: " + reason);
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("reason", reason)
                    .addKeyValue("failures", failures)
                    .log("Claims are not committed");
        }
        settleAgain = System.nanoTime() + pause.toNanos();
    }

    private void dropHands() {
        dropHands(List.copyOf(hands.keySet()));
    }

    private void dropHands(Collection<TopicPartition> partitions) {
        for (var partition : partitions) {
            var hand = hands.remove(partition);
            if (hand != null && hand.hasFailed()) {
                health.gotThrough();
            }
        }
    }

    private void pauseWhatIsHeld() {
        hands.values().removeIf(Hand::isEmpty);
        var held = settled ? hands.keySet() : consumer.assignment();
        var free = new HashSet<>(consumer.paused());
        free.removeAll(held);
        consumer.resume(free);
        consumer.pause(held);
    }

    private Duration untilSomethingIsDue() {
        var longest = (works.areRunning() && !hands.isEmpty() ? POLL_WHILE_WORKING : POLL).toNanos();
        var now = System.nanoTime();
        if (!settled) {
            return Duration.ofNanos(Math.clamp(settleAgain - now, 1, longest));
        }
        var soonest = hands.values().stream()
                .mapToLong(hand -> hand.nanosUntilDue(now))
                .min()
                .orElse(longest);
        return Duration.ofNanos(Math.min(longest, soonest));
    }
}
