package io.captchapipeline.kit.streams;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Which offsets a producer has to send: those that differ from what it last committed in this generation of its group.
final class MovedOffsets {

    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> sent = new HashMap<>();
    private Member member = new Member("", -1);

    /// Of a group, as it is until the next rebalance.
    record Member(String id, int generation) {

        static Member of(ConsumerGroupMetadata metadata) {
            return new Member(metadata.memberId(), metadata.generationId());
        }
    }

    /// All of them if none has moved: offsets are what tells a broker whether their sender is still a member.
    Map<TopicPartition, OffsetAndMetadata> moved(Map<TopicPartition, OffsetAndMetadata> reached, Member now) {
        if (!now.equals(member)) {
            forget();
            member = now;
        }
        var moved = new HashMap<>(reached);
        moved.entrySet().removeIf(offset -> offset.getValue().equals(committed.get(offset.getKey())));
        sent.putAll(moved);
        return moved.isEmpty() ? reached : moved;
    }

    /// What was sent since the last commit.
    void committed() {
        committed.putAll(sent);
        sent.clear();
    }

    void forget() {
        committed.clear();
        sent.clear();
    }
}
