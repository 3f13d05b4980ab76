package io.captchapipeline.alerting.streams;

import io.captchapipeline.alerting.figures.BookSettings;
import io.captchapipeline.alerting.figures.Sighting;
import io.captchapipeline.alerting.figures.TaskBook;
import io.captchapipeline.alerting.judge.Figure;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Keeps the book of one partition's tasks, and hands on its figures when time has moved.
final class Bookkeeping extends ContextualProcessor<String, Sighting, String, Figure> {
    private final BookSettings settings;
    private final int inputs;
    private @Nullable TaskBook book;

    Bookkeeping(BookSettings settings, int inputs) {
        this.settings = settings;
        this.inputs = inputs;
    }

    @Override
    public void init(ProcessorContext<String, Figure> context) {
        super.init(context);
        book = new TaskBook(new KeyValueTable(context.getStateStore(AlertingTopology.TASKS)), settings, inputs);
    }

    @Override
    public void process(Record<String, Sighting> record) {
        if (book != null) {
            int partition = context().taskId().partition();
            book.take(record.key(), record.value(), partition)
                    .ifPresent(figures -> context()
                            .forward(
                                    record.withKey("tasks-" + partition).<Figure>withValue(new Figure.Tasks(figures))));
        }
    }
}
