package io.captchapipeline.router.stream;

import io.captchapipeline.router.ledger.Decision;
import io.captchapipeline.router.ledger.Entry;
import io.captchapipeline.router.ledger.Ledger;
import io.captchapipeline.router.ledger.LedgerEvent;
import io.captchapipeline.router.ledger.LedgerKey;
import io.captchapipeline.router.ledger.Output;
import io.captchapipeline.schemas.topic.Topics;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the ledger decide, record by record, for the entries of one partition. It holds no policy: what a record means
/// is the inbox's to say, what becomes of an entry the ledger's.
final class LedgerProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerProcessor.class);

    private final LedgerParts parts;
    private @Nullable Wired wired;

    LedgerProcessor(LedgerParts parts) {
        this.parts = parts;
    }

    /// What exists once the task does.
    private record Wired(Inbox inbox, LedgerStore stores, Outbox outbox, Ticker ticker) {}

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        var partition = context.taskId().partition();
        var stores = new LedgerStore(context, parts.pending());
        var outbox = new Outbox(context, parts.outlets(), parts.sender(), parts.service());
        var ticker = new Ticker(stores, outbox, parts.backlog(), partition);
        wired = new Wired(new Inbox(parts.partitions(), partition), stores, outbox, ticker);
        parts.backlog().begin(partition, now());
        context.schedule(Ticker.LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, ticker::look);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var found = Found.of(record, context().recordMetadata().orElseThrow());
        switch (wired().inbox().read(found)) {
            case Reading.Event(var key, var event) -> learn(key, event, found);
            case Reading.Elsewhere(var id) -> wired().outbox().move(found, id);
            case Reading.Time(var at) -> tick(at);
            case Reading.Poison(var reason) -> bury(found, reason);
        }
        parts.backlog().read(partition(), Instant.ofEpochMilli(record.timestamp()), now());
    }

    @Override
    public void close() {
        if (wired != null) {
            wired.stores().close();
            parts.backlog().end(partition());
        }
    }

    private void learn(LedgerKey key, LedgerEvent event, Found found) {
        var entry = wired().stores().find(key);
        decided(entry, event, now())
                .ifPresentOrElse(
                        decision -> carryOutIfItFits(key, entry, decision, found),
                        () -> bury(found, "cannot be decided"));
    }

    private void carryOutIfItFits(LedgerKey key, @Nullable Entry before, Decision decision, Found found) {
        if (Growth.fits(found, decision)) {
            carryOut(key, before, decision, found, found.at());
        } else {
            bury(found, "what follows from it is too large");
        }
    }

    private void tick(Instant at) {
        wired().ticker().cameBack();
        for (var row : wired().stores().due(at.toEpochMilli(), Ticker.MOST_AT_ONCE)) {
            wired().stores().entryOf(row).ifPresent(due -> elapse(due.key(), due.entry(), at));
        }
    }

    /// An entry that cannot be decided upon would be due for ever.
    private void elapse(LedgerKey key, Entry entry, Instant at) {
        var decision = decided(entry, new LedgerEvent.Tick(at), at).orElseGet(() -> Ledger.givenUp(entry, at));
        carryOut(key, entry, decision, null, at);
    }

    /// Nothing when the ledger itself fails, which no record may bring about and no later one has to wait for.
    private Optional<Decision> decided(@Nullable Entry entry, LedgerEvent event, Instant now) {
        try {
            return Optional.of(parts.ledger().decide(entry, event, now));
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("event", event.getClass().getSimpleName())
                    .addKeyValue(
                            "entry", entry == null ? "none" : entry.getClass().getSimpleName())
                    .setCause(e)
                    .log("The ledger cannot decide");
            return Optional.empty();
        }
    }

    private void carryOut(LedgerKey key, @Nullable Entry before, Decision decision, @Nullable Found found, Instant at) {
        if (before != null || decision.entry() != null) {
            wired().stores().put(key, before, decision.entry(), now().toEpochMilli());
        }
        var written = later(at, now());
        decision.outputs().forEach(output -> carryOut(key, output, found, written));
    }

    /// What is written is as old as its writing, since its topic keeps it from then on; but never older than what it
    /// follows from, whatever the clocks say.
    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    private void carryOut(LedgerKey key, Output output, @Nullable Found found, Instant at) {
        switch (output) {
            case Output.KeepParams(var params) -> wired().stores().keepParams(key, params);
            case Output.ForgetParams() -> wired().stores().forgetParams(key);
            case Output.Admit admit -> admit(key, admit, at);
            case Output.Poll(var overdue) -> wired().outbox().write(Topics.OVERDUE, overdue, at);
            case Output.Tell(var outcome) -> wired().outbox().tell(outcome, at);
            case Output.Send(var link) -> wired().outbox().link(link, at);
            case Output.Bury(var reason) -> bury(Objects.requireNonNull(found), reason.name());
            case Output.Count(var counted) -> parts.counts().count(counted);
        }
    }

    private void admit(LedgerKey key, Output.Admit admit, Instant at) {
        wired().stores()
                .params(key)
                .ifPresentOrElse(
                        params -> wired().outbox().write(Topics.ADMITTED, admit.with(params), at),
                        () -> LOG.atError()
                                .addKeyValue("request_id", admit.requestId())
                                .log("A request without its params cannot be asked; it ends at its deadline"));
    }

    private void bury(Found found, String reason) {
        LOG.atWarn()
                .addKeyValue("topic", found.topic())
                .addKeyValue("partition", found.partition())
                .addKeyValue("offset", found.offset())
                .addKeyValue("reason", reason)
                .log("Dead letter");
        wired().outbox().bury(found, reason, later(found.at(), now()));
    }

    private int partition() {
        return context().taskId().partition();
    }

    private Instant now() {
        return Instant.ofEpochMilli(context().currentSystemTimeMs());
    }

    private Wired wired() {
        return Objects.requireNonNull(wired);
    }
}
