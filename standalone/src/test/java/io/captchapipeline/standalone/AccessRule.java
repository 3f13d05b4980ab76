package io.captchapipeline.standalone;

import java.util.List;
import java.util.stream.Collectors;

/// What one account may do with some resources of one kind.
///
/// @param prefixed whether the names stand for all that begins with them
record AccessRule(String account, List<Operation> operations, Kind kind, List<String> names, boolean prefixed) {

    AccessRule {
        operations = List.copyOf(operations);
        names = List.copyOf(names);
    }

    /// As Kafka calls it.
    enum Operation {
        READ("Read"),
        WRITE("Write"),
        CREATE("Create"),
        DESCRIBE("Describe"),
        DESCRIBE_CONFIGS("DescribeConfigs"),
        ALL("All");

        private final String word;

        Operation(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    enum Kind {
        TOPIC("topic", "topic"),
        GROUP("group", "group"),
        TRANSACTIONAL_ID("transactional-id", "transactionalId");

        private final String option;
        private final String ofStrimzi;

        Kind(String option, String ofStrimzi) {
            this.option = option;
            this.ofStrimzi = ofStrimzi;
        }

        /// As a KafkaUser calls it.
        String ofStrimzi() {
            return ofStrimzi;
        }
    }

    /// For `kafka-acls.sh`.
    String command() {
        var allowed = operations.stream()
                .map(operation -> "--operation " + operation.word())
                .collect(Collectors.joining(" "));
        var resources =
                names.stream().map(name -> "--" + kind.option + " " + name).collect(Collectors.joining(" "));
        return "kafka-acls.sh ADMIN --allow-principal User:" + account + " " + allowed
                + (prefixed ? " --resource-pattern-type prefixed" : "") + " \\\n  " + resources;
    }
}
