package io.captchapipeline.kit.streams;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorWrapper;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.WrappedFixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.WrappedProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/// Tells [Worked] of every record that a processor of the topology works on. Kafka Streams makes it, from its name.
///
/// What a part of a topology passes on without a processor is committed at the commit interval.
public final class WorkNoted implements ProcessorWrapper {

    /// Where the configuration holds the [Worked].
    static final String WORKED = "captcha.worked";

    private Worked worked = new Worked();

    @Override
    public void configure(Map<String, ?> configs) {
        worked = (Worked) Objects.requireNonNull(configs.get(WORKED), WORKED);
    }

    @Override
    public <A, B, C, D> WrappedProcessorSupplier<A, B, C, D> wrapProcessorSupplier(
            String name, ProcessorSupplier<A, B, C, D> supplier) {
        return ProcessorWrapper.asWrapped(new Noting<>(supplier, worked));
    }

    @Override
    public <A, B, C> WrappedFixedKeyProcessorSupplier<A, B, C> wrapFixedKeyProcessorSupplier(
            String name, FixedKeyProcessorSupplier<A, B, C> supplier) {
        return ProcessorWrapper.asWrappedFixedKey(supplier);
    }

    private record Noting<A, B, C, D>(ProcessorSupplier<A, B, C, D> supplier, Worked worked)
            implements ProcessorSupplier<A, B, C, D> {

        @Override
        public Processor<A, B, C, D> get() {
            return new NotingProcessor<>(supplier.get(), worked);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return supplier.stores();
        }
    }

    private static final class NotingProcessor<A, B, C, D> extends ContextualProcessor<A, B, C, D> {

        private final Processor<A, B, C, D> processor;
        private final Worked worked;

        NotingProcessor(Processor<A, B, C, D> processor, Worked worked) {
            this.processor = processor;
            this.worked = worked;
        }

        @Override
        public void init(ProcessorContext<C, D> context) {
            super.init(context);
            processor.init(context);
        }

        @Override
        public void process(Record<A, B> record) {
            worked.on(context());
            processor.process(record);
        }

        @Override
        public void close() {
            processor.close();
        }
    }
}
