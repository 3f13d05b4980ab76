package io.captchapipeline.router.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.kit.kafka.Outgoing;
import io.captchapipeline.router.ledger.Link;
import io.captchapipeline.router.ledger.LinkCodec;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.Tick;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.DeadLetter;
import io.captchapipeline.schemas.wire.Sender;
import io.captchapipeline.schemas.wire.Wire;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// Writes what the ledger says, in the transaction of the record that it is about.
final class Outbox {

    private final ProcessorContext<byte[], byte[]> context;
    private final Outlets outlets;
    private final Sender sender;
    private final String service;

    Outbox(ProcessorContext<byte[], byte[]> context, Outlets outlets, Sender sender, String service) {
        this.context = context;
        this.outlets = outlets;
        this.sender = sender;
        this.service = service;
    }

    <E extends Event> void write(Topic<E> topic, E event, Instant at) {
        var headers = new RecordHeaders();
        sender.envelope(event).eachHeader((name, text) -> headers.add(name, text.getBytes(UTF_8)));
        var key = Objects.requireNonNull(event.key()).getBytes(UTF_8);
        send(topic, new Record<>(key, Wire.encode(event), at.toEpochMilli(), headers));
    }

    void tell(Outcome outcome, Instant at) {
        write(outlets.of(outcome), outcome, at);
    }

    void link(Link link, Instant at) {
        send(Topics.LINKS, new Record<>(link.key().id().getBytes(UTF_8), LinkCodec.encode(link), at.toEpochMilli()));
    }

    void move(Found found, String id) {
        send(Topics.LINKS, found.movedTo(id.getBytes(UTF_8)));
    }

    /// The only record whose partition is not that of its key: [RouterTopology] reads the partition from it.
    void tick(int partition, Instant at) {
        write(Topics.CLOCK, new Tick(partition, at), at);
    }

    void bury(Found found, String reason, Instant now) {
        var story = new DeadLetter(found.topic(), found.partition(), found.offset(), service, reason, now);
        var letter = Outgoing.deadLetter(found.key(), found.value(), found.headers(), story);
        send(Topics.DEAD_LETTERS, new Record<>(letter.key(), letter.value(), now.toEpochMilli(), letter.headers()));
    }

    private void send(Topic<?> topic, Record<byte[], byte[]> record) {
        context.forward(record, RouterTopology.writing(topic));
    }
}
