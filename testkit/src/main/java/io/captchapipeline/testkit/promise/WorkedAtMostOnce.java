package io.captchapipeline.testkit.promise;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/// What was written is marked exactly once, and worked on at most once, and never without its mark.
public final class WorkedAtMostOnce implements Promise {
    private final Set<String> written = new ConcurrentSkipListSet<>();
    private final Map<String, Integer> marks = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> works = new ConcurrentSkipListMap<>();

    public void written(String id) {
        written.add(id);
    }

    /// A committed mark was read.
    public void marked(String id) {
        marks.merge(id, 1, Integer::sum);
    }

    public void worked(String id) {
        works.merge(id, 1, Integer::sum);
    }

    public int works() {
        return works.size();
    }

    @Override
    public String name() {
        return "worked at most once";
    }

    @Override
    public List<String> broken() {
        if (written.isEmpty() || works.isEmpty()) {
            return List.of("nothing was written and worked on");
        }
        return Stream.of(
                        written.stream()
                                .filter(id -> marks.getOrDefault(id, 0) != 1)
                                .map(id -> id + ": marked " + marks.getOrDefault(id, 0) + " times"),
                        works.entrySet().stream()
                                .filter(work -> work.getValue() > 1)
                                .map(work -> work.getKey() + ": worked on " + work.getValue() + " times"),
                        works.keySet().stream()
                                .filter(id -> !marks.containsKey(id))
                                .map(id -> id + ": worked on without a mark"))
                .flatMap(faults -> faults)
                .toList();
    }
}
