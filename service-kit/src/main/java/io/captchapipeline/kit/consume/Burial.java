package io.captchapipeline.kit.consume;

import io.captchapipeline.schemas.wire.DeadLetter;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says of dead records what is said of them.
///
/// @param writes whether this service owns the effect of what it reads, and so writes the dead letters; others leave
///     them to the one that does, and pass
record Burial(String service, boolean writes, Clock clock) {

    private static final Logger LOG = LoggerFactory.getLogger(Burial.class);

    DeadLetter letter(ConsumerRecord<byte[], byte[]> dead, String reason) {
        return new DeadLetter(dead.topic(), dead.partition(), dead.offset(), service, reason, clock.instant());
    }

    void tell(ConsumerRecord<byte[], byte[]> dead, String reason) {
        LOG.atWarn()
                .addKeyValue("origin", Reading.origin(dead))
                .addKeyValue("reason", reason)
                .log(writes ? "A record is a dead letter" : "A record is dead, and passed over");
    }
}
