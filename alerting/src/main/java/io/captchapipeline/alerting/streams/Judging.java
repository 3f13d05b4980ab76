package io.captchapipeline.alerting.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.alerting.judge.Figure;
import io.captchapipeline.alerting.judge.Judge;
import io.captchapipeline.alerting.judge.JudgeSettings;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.wire.Sender;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Judges, in the one task that all figures come to.
final class Judging extends ContextualProcessor<String, byte[], String, Event> {
    private final JudgeSettings settings;
    private final Sender sender;
    private final Unreadable unreadable;
    private @Nullable Judge judge;

    Judging(JudgeSettings settings, Sender sender, Unreadable unreadable) {
        this.settings = settings;
        this.sender = sender;
        this.unreadable = unreadable;
    }

    @Override
    public void init(ProcessorContext<String, Event> context) {
        super.init(context);
        judge = new Judge(new KeyValueTable(context.getStateStore(AlertingTopology.JUDGE)), settings);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        var judging = Objects.requireNonNull(judge);
        unreadable
                .read(context().recordMetadata().orElseThrow(), record.value(), Figure.class)
                .ifPresent(figure ->
                        judging.take(figure).forEach(event -> context().forward(written(event, record.timestamp()))));
    }

    private Record<String, Event> written(Event event, long time) {
        var headers = new RecordHeaders();
        sender.envelope(event).eachHeader((name, text) -> headers.add(name, text.getBytes(UTF_8)));
        return new Record<>(String.valueOf(event.key()), event, time, headers);
    }
}
