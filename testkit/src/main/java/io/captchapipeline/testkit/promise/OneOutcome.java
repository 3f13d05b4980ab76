package io.captchapipeline.testkit.promise;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A request has exactly one outcome, on exactly one of the outcome topics. Show it what read_committed shows.
public final class OneOutcome implements Promise {
    private final Set<String> requested = new ConcurrentSkipListSet<>();
    private final Map<String, Set<String>> outcomes = new ConcurrentSkipListMap<>();

    public void requested(String id) {
        requested.add(id);
    }

    /// These were read, from any outcome topic.
    public void outcomes(
            Iterable<ConsumerRecord<byte[], byte[]>> records, Function<ConsumerRecord<byte[], byte[]>, String> id) {
        records.forEach(record -> outcome(id.apply(record), Origin.of(record)));
    }

    public void outcome(String id, Origin at) {
        outcomes.computeIfAbsent(id, _ -> new ConcurrentSkipListSet<>()).add(at.toString());
    }

    @Override
    public String name() {
        return "one outcome";
    }

    @Override
    public List<String> broken() {
        if (requested.isEmpty()) {
            return List.of("nothing was requested");
        }
        return Stream.concat(requested.stream().flatMap(this::notExactlyOne), unasked())
                .toList();
    }

    private Stream<String> notExactlyOne(String id) {
        var places = outcomes.getOrDefault(id, Set.of());
        return switch (places.size()) {
            case 0 -> Stream.of(id + ": no outcome");
            case 1 -> Stream.empty();
            default -> Stream.of(id + ": " + places.size() + " outcomes, " + places);
        };
    }

    private Stream<String> unasked() {
        return outcomes.entrySet().stream()
                .filter(outcome -> !requested.contains(outcome.getKey()))
                .map(outcome -> outcome.getKey() + ": an outcome nobody asked for, " + outcome.getValue());
    }
}
