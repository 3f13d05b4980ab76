package io.captchapipeline.testkit.promise;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/// What is to be told is told in one message. The same message may arrive again: a reader's mail program knows it
/// by its Message-ID and shows it once.
public final class ToldOnce implements Promise {
    private final Set<String> due = new ConcurrentSkipListSet<>();
    private final Map<String, Set<String>> messages = new ConcurrentSkipListMap<>();
    private final Map<String, Set<String>> tellings = new ConcurrentSkipListMap<>();

    /// This is to be told: an alert's firing, a repetition that fell due, its end.
    public void due(String telling) {
        due.add(telling);
    }

    /// A message arrived that tells it.
    public void told(String telling, String messageId) {
        messages.computeIfAbsent(telling, _ -> new ConcurrentSkipListSet<>()).add(messageId);
        tellings.computeIfAbsent(messageId, _ -> new ConcurrentSkipListSet<>()).add(telling);
    }

    @Override
    public String name() {
        return "told once";
    }

    @Override
    public List<String> broken() {
        if (due.isEmpty()) {
            return List.of("nothing was to be told");
        }
        return Stream.of(untold(), toldAgain(), uncalledFor(), sharedIds())
                .flatMap(faults -> faults)
                .toList();
    }

    private Stream<String> untold() {
        return due.stream().filter(telling -> !messages.containsKey(telling)).map(telling -> telling + ": never told");
    }

    private Stream<String> toldAgain() {
        return messages.entrySet().stream()
                .filter(told -> told.getValue().size() > 1)
                .map(told -> told.getKey() + ": told in several messages, " + told.getValue());
    }

    private Stream<String> uncalledFor() {
        return messages.entrySet().stream()
                .filter(told -> !due.contains(told.getKey()))
                .map(told -> told.getKey() + ": told though it was not due, " + told.getValue());
    }

    private Stream<String> sharedIds() {
        return tellings.entrySet().stream()
                .filter(message -> message.getValue().size() > 1)
                .map(message -> message.getKey() + ": one Message-ID for " + message.getValue());
    }
}
