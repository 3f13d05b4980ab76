package io.captchapipeline.testkit.promise;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A poison record is a dead letter that says where it came from, and what stood behind it came through.
public final class NothingIsStuck implements Promise {
    private final Map<String, byte[]> poison = new ConcurrentSkipListMap<>();
    private final Map<Origin, DeadLetter> deadLetters = new ConcurrentHashMap<>();
    private final Set<String> good = new ConcurrentSkipListSet<>();
    private final Set<String> through = new ConcurrentSkipListSet<>();

    /// A record that cannot be handled was put here.
    public void poison(Origin at, byte[] value) {
        poison.put(at.toString(), value.clone());
    }

    /// A record that can be handled was put behind it.
    public void good(String id) {
        good.add(id);
    }

    public void cameThrough(String id) {
        through.add(id);
    }

    /// These lie on the dead-letter topic.
    public void deadLetters(Iterable<ConsumerRecord<byte[], byte[]>> records) {
        records.forEach(record -> deadLetters.put(Origin.of(record), new DeadLetter(record)));
    }

    @Override
    public String name() {
        return "nothing is stuck";
    }

    @Override
    public List<String> broken() {
        if (poison.isEmpty() || good.isEmpty()) {
            return List.of("there was no poison with something good behind it");
        }
        return Stream.concat(poison.keySet().stream().flatMap(this::unlikeADeadLetter), stuck())
                .toList();
    }

    private Stream<String> unlikeADeadLetter(String at) {
        var letters = deadLetters.values().stream()
                .filter(letter -> letter.origin().equals(at))
                .toList();
        if (letters.isEmpty()) {
            return Stream.of(at + ": poison, and not among the dead letters");
        }
        return Stream.concat(ownedByMany(at, letters), letters.stream().flatMap(letter -> faults(at, letter)));
    }

    private static Stream<String> ownedByMany(String at, List<DeadLetter> letters) {
        var services = letters.stream().map(DeadLetter::service).collect(Collectors.toSet());
        return services.size() > 1
                ? Stream.of(at + ": a dead letter of several services, " + services)
                : Stream.empty();
    }

    private Stream<String> faults(String at, DeadLetter letter) {
        var missing = letter.missingHeaders().stream().map(name -> at + ": its dead letter lacks " + name);
        var original = poison.get(at);
        var changed = original == null || letter.carries(original)
                ? Stream.<String>empty()
                : Stream.of(at + ": its dead letter has other bytes");
        return Stream.concat(missing, changed);
    }

    private Stream<String> stuck() {
        return good.stream().filter(id -> !through.contains(id)).map(id -> id + ": good, and did not come through");
    }
}
