package io.captchapipeline.router.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.wire.UnreadableRecord;
import io.captchapipeline.schemas.wire.Wire;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Objects;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps outcomes as their topics tell them, forgets solutions when they have been worthless for a while, and outcomes
/// when repeats are forgotten too.
public final class OutcomeKeeper extends ContextualProcessor<byte[], byte[], Void, Void> {

    public static final String OUTCOMES = "outcomes";
    public static final String FORGETTING = "forgetting";

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeKeeper.class);

    private static final Duration FORGET_EVERY = Duration.ofSeconds(5);
    private static final int MOST_AT_ONCE = 10_000;
    /// The view goes on a little longer than the ledger, so that an id is not pending again in between.
    private static final Duration LONGER = Duration.ofMinutes(2);

    private final Waiters waiters;
    private final OutcomeWatch watch;
    private final Duration kept;
    private @Nullable Stores stores;

    private record Stores(KeyValueStore<byte[], byte[]> outcomes, KeyValueStore<byte[], byte[]> forgetting) {}

    /// What is to be forgotten, and when: a row of the store of that name. Sorted by time.
    private record Row(long atMs, What what, String key) {

        enum What {
            SOLUTION('s'),
            OUTCOME('o');

            private final char letter;

            What(char letter) {
                this.letter = letter;
            }

            static What of(byte letter) {
                return letter == SOLUTION.letter ? SOLUTION : OUTCOME;
            }
        }

        private static final int PREFIX = Long.BYTES + 1;

        static Row read(byte[] bytes) {
            return new Row(
                    ByteBuffer.wrap(bytes).getLong(),
                    What.of(bytes[Long.BYTES]),
                    new String(bytes, PREFIX, bytes.length - PREFIX, UTF_8));
        }

        byte[] bytes() {
            var id = key.getBytes(UTF_8);
            return ByteBuffer.allocate(PREFIX + id.length)
                    .putLong(atMs)
                    .put((byte) what.letter)
                    .put(id)
                    .array();
        }
    }

    /// @param kept how long an outcome is kept
    public OutcomeKeeper(Waiters waiters, OutcomeWatch watch, Duration kept) {
        this.waiters = waiters;
        this.watch = watch;
        this.kept = kept.plus(LONGER);
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        super.init(context);
        stores = new Stores(context.getStateStore(OUTCOMES), context.getStateStore(FORGETTING));
        context.schedule(FORGET_EVERY, PunctuationType.WALL_CLOCK_TIME, this::forget);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        try {
            keep(record, Wire.decode(Outcome.class, record.value()));
        } catch (UnreadableRecord e) {
            LOG.atError().addKeyValue("why", e.getMessage()).log("An outcome cannot be read");
        }
    }

    private void keep(Record<byte[], byte[]> record, Outcome outcome) {
        var key = outcome.key();
        stores().outcomes().put(key.getBytes(UTF_8), record.value());
        Told.forgottenAt(outcome).ifPresent(at -> later(at.toEpochMilli(), Row.What.SOLUTION, key));
        later(record.timestamp() + kept.toMillis(), Row.What.OUTCOME, key);
        watch.told(outcome, Instant.ofEpochMilli(context().currentSystemTimeMs()));
        waiters.tell(key);
    }

    private void later(long atMs, Row.What what, String key) {
        stores().forgetting().put(new Row(atMs, what, key).bytes(), new byte[0]);
    }

    private void forget(long nowMs) {
        var rows = new ArrayList<Row>();
        var from = ByteBuffer.allocate(Long.BYTES).putLong(0).array();
        var to = ByteBuffer.allocate(Long.BYTES).putLong(nowMs + 1).array();
        try (var range = stores().forgetting().range(from, to)) {
            while (range.hasNext() && rows.size() < MOST_AT_ONCE) {
                rows.add(Row.read(range.next().key));
            }
        }
        rows.forEach(this::forget);
    }

    private void forget(Row row) {
        stores().forgetting().delete(row.bytes());
        var key = row.key().getBytes(UTF_8);
        var outcome = stores().outcomes().get(key);
        if (outcome == null) {
            return;
        }
        switch (row.what()) {
            case SOLUTION -> stores().outcomes().put(key, Told.withoutSolution(outcome));
            case OUTCOME -> stores().outcomes().delete(key);
        }
    }

    private Stores stores() {
        return Objects.requireNonNull(stores);
    }
}
