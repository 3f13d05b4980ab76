package io.captchapipeline.kit.kafka;

import io.captchapipeline.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A topic as it is, beside what it should be. No partitions: it does not exist.
///
/// @param configs as the broker holds them, defaults included
public record TopicState(Topic<?> topic, int partitions, int replication, Map<String, String> configs) {

    public TopicState {
        configs = Map.copyOf(configs);
    }

    public boolean exists() {
        return partitions > 0;
    }

    /// What forbids a start.
    ///
    /// @param chosenPartitions of every topic that does not have one only
    public Optional<String> fault(int chosenPartitions) {
        var wanted = topic.partitions(chosenPartitions);
        if (!exists()) {
            return Optional.of(topic.name() + " is missing: run ./captcha topics create");
        }
        if (partitions != wanted && topic.single()) {
            return Optional.of(topic.name() + " has " + partitions
                    + " partitions and works with one only: delete it and run ./captcha topics create");
        }
        if (partitions != wanted) {
            return Optional.of(topic.name() + " has " + partitions + " partitions, not " + wanted
                    + ": partitions bind keys to ledger entries, so set TOPIC_PARTITIONS to " + partitions
                    + ", or delete the topic and run ./captcha topics create");
        }
        return Optional.empty();
    }

    /// What should be told and does not forbid a start.
    public List<String> differences(int wantedReplication) {
        var differences = new ArrayList<String>();
        if (exists() && replication != wantedReplication) {
            differences.add(topic.name() + " has replication " + replication + ", not " + wantedReplication);
        }
        topic.configs().forEach((name, wanted) -> {
            var found = configs.get(name);
            if (exists() && found != null && !found.equals(wanted)) {
                differences.add(topic.name() + " has " + name + " " + found + ", not " + wanted);
            }
        });
        return differences;
    }
}
