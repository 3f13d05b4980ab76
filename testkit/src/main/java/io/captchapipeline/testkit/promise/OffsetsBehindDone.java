package io.captchapipeline.testkit.promise;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/// No group's offset passes a record that is not done, and in the end all are done. What is done must be told before
/// the consumer can know of it, what is committed after it was read.
public final class OffsetsBehindDone implements Promise {
    private final NavigableSet<String> written = new ConcurrentSkipListSet<>();
    private final Set<Origin> undone = ConcurrentHashMap.newKeySet();
    private final List<String> passed = new ArrayList<>();
    private volatile boolean committed;

    /// Before any of it is consumed.
    public void written(Origin at) {
        written.add(at.toString());
        undone.add(at);
    }

    public void done(Origin at) {
        undone.remove(at);
    }

    /// The group's next record is this one.
    public void committed(Origin next) {
        committed = true;
        var overtaken = undone.stream()
                .filter(at -> at.topic().equals(next.topic()) && at.partition() == next.partition())
                .filter(at -> at.offset() < next.offset())
                .map(at -> at + ": not done, and " + next + " was committed")
                .toList();
        synchronized (passed) {
            passed.addAll(overtaken);
        }
    }

    @Override
    public String name() {
        return "offsets stay behind what is done";
    }

    @Override
    public List<String> broken() {
        if (written.isEmpty() || !committed) {
            return List.of("nothing was written and committed");
        }
        synchronized (passed) {
            return Stream.concat(passed.stream(), undone.stream().map(at -> at + ": never done"))
                    .toList();
        }
    }
}
