package io.captchapipeline.router.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.kit.kafka.RecordSize;
import io.captchapipeline.router.ledger.LedgerEvent;
import io.captchapipeline.router.ledger.LedgerKey;
import io.captchapipeline.router.ledger.LinkCodec;
import io.captchapipeline.router.ledger.RequestEvent;
import io.captchapipeline.router.ledger.RequestReader;
import io.captchapipeline.router.ledger.RequestReader.Identity;
import io.captchapipeline.router.ledger.TaskEvent;
import io.captchapipeline.router.ledger.UnreadableBytes;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.UnreadableRecord;
import io.captchapipeline.schemas.wire.Wire;
import java.util.Objects;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/// Reads what lies on the ledger's topics. An entry lies in the partition that Java's partitioner gives to its bare id;
/// records that others put elsewhere, because they key or partition in another way, move there first.
///
/// @param partitions of every topic
/// @param own the partition that is read here
record Inbox(int partitions, int own) {

    /// What follows from a larger record might not fit on any topic, and would stop all behind it.
    static final int MOST_BYTES = RecordSize.MOST - 256 * 1024;

    Reading read(Found found) {
        if (RecordSize.of(found.key(), found.value(), found.headers()) > MOST_BYTES) {
            return new Reading.Poison("larger than " + MOST_BYTES + " bytes");
        }
        try {
            return found.topic().equals(Topics.SUBMIT.name()) ? request(found) : other(found);
        } catch (UnreadableRecord | UnreadableBytes e) {
            return new Reading.Poison(Objects.requireNonNullElse(e.getMessage(), "unreadable"));
        }
    }

    private Reading request(Found found) {
        return switch (RequestReader.identify(found.value(), found.topic(), found.partition(), found.offset())) {
            case Identity.Poison poison -> new Reading.Poison(poison.reason());
            case Identity.Known known -> request(found, known.requestId());
        };
    }

    private Reading request(Found found, RequestId id) {
        return isElsewhere(found, id.value())
                ? new Reading.Elsewhere(id.value())
                : new Reading.Event(
                        LedgerKey.of(id), RequestReader.read(Objects.requireNonNull(found.value()), id, found.at()));
    }

    private Reading other(Found found) {
        return switch (event(found)) {
            case RequestEvent event -> place(found, event.key(), event);
            case TaskEvent event -> place(found, event.key(), event);
            case LedgerEvent.Tick tick -> new Reading.Time(tick.at());
        };
    }

    private Reading place(Found found, LedgerKey key, LedgerEvent event) {
        return isElsewhere(found, key.id()) ? new Reading.Elsewhere(key.id()) : new Reading.Event(key, event);
    }

    private static LedgerEvent event(Found found) {
        if (found.topic().equals(Topics.SUBMITTED.name())) {
            return LedgerEvent.of(Wire.decode(Topics.SUBMITTED, found.value()), found.at());
        }
        if (found.topic().equals(Topics.ATTEMPTS.name())) {
            return LedgerEvent.of(Wire.decode(Topics.ATTEMPTS, found.value()), found.at());
        }
        if (found.topic().equals(Topics.RESULTS.name())) {
            return LedgerEvent.of(Wire.decode(Topics.RESULTS, found.value()), found.at());
        }
        if (found.topic().equals(Topics.CLOCK.name())) {
            return tick(found);
        }
        return LinkCodec.decode(Objects.requireNonNullElse(found.value(), new byte[0]))
                .event();
    }

    /// Never later than the broker's own clock, by which the other records are ordered.
    private static LedgerEvent tick(Found found) {
        var said = Wire.decode(Topics.CLOCK, found.value()).at();
        return new LedgerEvent.Tick(said.isBefore(found.at()) ? said : found.at());
    }

    private boolean isElsewhere(Found found, String id) {
        return !found.moved()
                && !found.topic().equals(Topics.LINKS.name())
                && BuiltInPartitioner.partitionForKey(id.getBytes(UTF_8), partitions) != own;
    }
}
