package io.captchapipeline.standalone;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.captchapipeline.kit.kafka.TopicState;
import io.captchapipeline.kit.settings.Table;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How the topics stand, for people: one line each, and below them what is not as it should be.
record TopicTable(List<TopicState> states, int partitions, int replication) {

    private static final List<String> HEAD =
            List.of("TOPIC", "PARTITIONS", "REPLICATION", "CLEANUP", "RETENTION", "MAX BYTES", "STATE");
    private static final String NOTHING = "-";
    private static final long MIB = 1024 * 1024;

    /// Whether services would start upon them.
    boolean fits() {
        return states.stream().allMatch(state -> state.fault(partitions).isEmpty());
    }

    String text() {
        var remarks = states.stream().flatMap(this::remarks).toList();
        return Table.of(HEAD, states.stream().map(this::row).toList())
                + (remarks.isEmpty() ? "" : remarks.stream().collect(Collectors.joining("\n", "\n", "\n")));
    }

    /// One object a line, the numbers as the broker has them.
    String json() {
        return states.stream().map(state -> object(state) + "\n").collect(Collectors.joining());
    }

    private ObjectNode object(TopicState state) {
        var object = JsonNodeFactory.instance
                .objectNode()
                .put("topic", state.topic().name())
                .put("exists", state.exists());
        if (state.exists()) {
            object.put("partitions", state.partitions()).put("replication", state.replication());
            config(state, "cleanup.policy").ifPresent(policy -> object.put("cleanup_policy", policy));
            config(state, "retention.ms").ifPresent(millis -> object.put("retention_ms", Long.parseLong(millis)));
            config(state, "max.message.bytes").ifPresent(size -> object.put("max_message_bytes", Long.parseLong(size)));
        }
        var remarks = object.putArray("remarks");
        remarks(state).forEach(remarks::add);
        return object;
    }

    private List<String> row(TopicState state) {
        if (!state.exists()) {
            return List.of(state.topic().name(), NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, "missing");
        }
        return List.of(
                state.topic().name(),
                Integer.toString(state.partitions()),
                Integer.toString(state.replication()),
                config(state, "cleanup.policy").orElse(NOTHING),
                retention(state),
                config(state, "max.message.bytes").map(TopicTable::bytes).orElse(NOTHING),
                remarks(state).findAny().isPresent() ? "differs" : "ok");
    }

    private Stream<String> remarks(TopicState state) {
        return Stream.concat(state.fault(partitions).stream(), state.differences(replication).stream());
    }

    private static String retention(TopicState state) {
        return config(state, "cleanup.policy").filter("compact"::equals).isPresent()
                ? "newest"
                : config(state, "retention.ms").map(TopicTable::time).orElse(NOTHING);
    }

    private static Optional<String> config(TopicState state, String name) {
        return Optional.ofNullable(state.configs().get(name));
    }

    static String time(String millis) {
        var time = Duration.ofMillis(Long.parseLong(millis));
        if (time.isNegative()) {
            return "for ever";
        }
        if (time.equals(Duration.ofDays(time.toDays())) && time.toDays() > 1) {
            return time.toDays() + "d";
        }
        return time.equals(Duration.ofHours(time.toHours())) ? time.toHours() + "h" : time.toMillis() + "ms";
    }

    static String bytes(String count) {
        var bytes = Long.parseLong(count);
        return bytes % MIB == 0 ? bytes / MIB + " MiB" : count;
    }
}
