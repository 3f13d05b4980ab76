package io.captchapipeline.kit.consume;

/// Where a record lies. It says so in one word: `topic-partition@offset`.
public record Origin(String topic, int partition, long offset) {

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
