package io.captchapipeline.testkit.promise;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/// The solver accepts an attempt at most once, and the next attempt only when the one before may be followed.
public final class NeverPaidTwice implements Promise {
    private final Map<Attempt, Integer> accepted = new ConcurrentSkipListMap<>();
    private final Set<Attempt> followable = ConcurrentHashMap.newKeySet();

    /// The solver took this attempt: it costs money.
    public void accepted(String request, int attempt) {
        accepted(request, attempt, 1);
    }

    /// The solver took this attempt so many more times.
    public void accepted(String request, int attempt, int times) {
        accepted.merge(new Attempt(request, attempt), times, Integer::sum);
    }

    /// This attempt failed, or stayed silent for as long as it may: another may be paid for.
    public void mayBeFollowed(String request, int attempt) {
        followable.add(new Attempt(request, attempt));
    }

    @Override
    public String name() {
        return "never paid twice";
    }

    @Override
    public List<String> broken() {
        if (accepted.isEmpty()) {
            return List.of("nothing was accepted");
        }
        return Stream.concat(paidAgain(), paidTooEarly()).toList();
    }

    private Stream<String> paidAgain() {
        return accepted.entrySet().stream()
                .filter(attempt -> attempt.getValue() > 1)
                .map(attempt -> attempt.getKey() + ": accepted " + attempt.getValue() + " times");
    }

    private Stream<String> paidTooEarly() {
        return accepted.keySet().stream()
                .filter(attempt -> attempt.number() > 1 && !followable.contains(attempt.before()))
                .map(attempt -> attempt + ": accepted, though the one before neither failed nor stayed silent");
    }

    private record Attempt(String request, int number) implements Comparable<Attempt> {
        Attempt before() {
            return new Attempt(request, number - 1);
        }

        @Override
        public int compareTo(Attempt other) {
            var byRequest = request.compareTo(other.request);
            return byRequest == 0 ? Integer.compare(number, other.number) : byRequest;
        }

        @Override
        public String toString() {
            return request + " attempt " + number;
        }
    }
}
