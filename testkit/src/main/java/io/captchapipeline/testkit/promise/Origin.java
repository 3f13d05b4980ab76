package io.captchapipeline.testkit.promise;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/// Where a record is. It says so in one word: `topic-partition@offset`.
public record Origin(String topic, int partition, long offset) {
    public static Origin of(ConsumerRecord<?, ?> record) {
        return new Origin(record.topic(), record.partition(), record.offset());
    }

    public static Origin of(RecordMetadata metadata) {
        return new Origin(metadata.topic(), metadata.partition(), metadata.offset());
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
