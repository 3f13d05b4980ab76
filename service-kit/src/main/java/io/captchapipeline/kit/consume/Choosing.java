package io.captchapipeline.kit.consume;

import io.captchapipeline.kit.ForbiddenTopic;
import io.captchapipeline.kit.kafka.Outgoing;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.ServiceContract;
import io.captchapipeline.schemas.wire.Sender;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the claimant about the records in hand, and collects what it says.
record Choosing<E extends Event>(
        Claimant<E> claimant,
        ServiceContract contract,
        Sender sender,
        Burial burial,
        LoopHealth health,
        LoopMetrics metrics) {

    private static final Logger LOG = LoggerFactory.getLogger(Choosing.class);

    /// From one hand, until it is empty or has to wait.
    void choose(TopicPartition partition, Hand<E> hand, Share share, Chosen chosen) {
        for (var first = hand.first(); first != null; first = hand.first()) {
            var wasFailing = hand.hasFailed();
            try {
                if (!decide(hand, first, share, chosen)) {
                    return;
                }
                chosen.pass(partition, first.offset());
            } catch (RuntimeException | Error e) {
                tell(hand, first, e);
                return;
            } finally {
                if (wasFailing && !hand.hasFailed()) {
                    health.gotThrough();
                }
            }
        }
    }

    /// Returns whether the record's offset passes.
    private boolean decide(Hand<E> hand, Hand.Held<E> held, Share share, Chosen chosen) {
        switch (held.reading()) {
            case Reading.Unreadable<E> unreadable -> {
                bury(held, unreadable.reason(), "unreadable", chosen);
                chosen.tell(metrics::unreadable);
            }
            case Reading.Understood<E> understood -> {
                switch (claimant.choose(understood.received(), share)) {
                    case Claim.Take take -> take(take, chosen);
                    case Claim.Pass pass -> {
                        chosen.write(records(pass.marks()));
                        chosen.tell(() -> metrics.handled("passed"));
                    }
                    case Claim.Dead dead -> bury(held, dead.reason(), "dead", chosen);
                    case Claim.Wait wait -> {
                        metrics.retried("asked");
                        hand.waitFor(wait.delay(), System.nanoTime());
                        return false;
                    }
                }
            }
        }
        hand.decided();
        return true;
    }

    private void take(Claim.Take take, Chosen chosen) {
        try {
            chosen.write(records(take.marks()));
        } catch (RuntimeException | Error e) {
            Chosen.drop(take);
            throw e;
        }
        chosen.take(take);
        chosen.tell(() -> metrics.handled("taken"));
    }

    private void bury(Hand.Held<E> held, String reason, String result, Chosen chosen) {
        if (burial.writes()) {
            chosen.write(List.of(Outgoing.deadLetter(held.kafka(), burial.letter(held.kafka(), reason))));
        }
        chosen.tell(() -> {
            burial.tell(held.kafka(), reason);
            metrics.handled(result);
        });
    }

    private List<ProducerRecord<byte[], byte[]>> records(List<Claim.Mark<?>> marks) {
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>(marks.size());
        marks.forEach(mark -> records.add(record(mark)));
        return records;
    }

    private <M extends Event> ProducerRecord<byte[], byte[]> record(Claim.Mark<M> mark) {
        ForbiddenTopic.refuseWriting(contract, mark.topic());
        return Outgoing.event(mark.topic(), mark.event(), sender);
    }

    private void tell(Hand<E> hand, Hand.Held<E> held, Throwable thrown) {
        metrics.retried("threw");
        if (hand.failed(System.nanoTime()) == 1) {
            health.retrying(thrown);
            LOG.atWarn()
                    .addKeyValue("origin", Reading.origin(held.kafka()))
                    .setCause(thrown)
                    .log("A claimant threw; the record is asked for again");
        }
    }
}
