package io.captchapipeline.alerting.figures;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.type.TypeReference;
import io.captchapipeline.schemas.solver.SolverCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which solutions wait for their outcome, and how outcomes went. A solution that has waited for long is given up on
/// once outcomes came that are newer than its own should have been: its request may have ended before the memory of
/// this book begins. While none come it stays, as long as outcomes are remembered: nobody makes any.
final class OutcomeBook {
    static final int MOST_FAILURES = 20;

    private static final Duration GIVE_UP = Duration.ofMinutes(15);
    private static final String STALLED = "s/";
    private static final String FAILURES = "failures";
    private static final String NEWEST = "newest-outcome";
    private static final byte[] NOTHING = {};
    private static final TypeReference<List<FailedRequest>> FAILED_REQUESTS = new TypeReference<>() {};
    private static final Set<String> OURS = Set.of("TIMEOUT", "NO_ANSWER", "INVALID_REQUEST", "SOLVER_UNAVAILABLE");
    private static final int SHOWN = 1000;

    private final Table table;
    private final Timers timers;
    private final BookSettings settings;
    private final WindowedCounts counts;

    /// Of a task or request, whichever the result is known by.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "k")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Waiting.class, name = "waiting"),
        @JsonSubTypes.Type(value = Stalled.class, name = "stalled"),
        @JsonSubTypes.Type(value = Ended.class, name = "ended")
    })
    sealed interface Wait {
        Instant due();
    }

    record Waiting(Instant since, Instant due) implements Wait {}

    record Stalled(Instant since, Instant due) implements Wait {}

    record Ended(Instant due) implements Wait {}

    OutcomeBook(Table table, Timers timers, BookSettings settings) {
        this.table = table;
        this.timers = timers;
        this.settings = settings;
        this.counts = new WindowedCounts(table, "f", Outcomes.COUNTERS, settings.window());
    }

    void solved(String key, Instant at) {
        if (state(key) == null) {
            put(key, new Waiting(at, at.plus(settings.stalledAfter())));
        }
    }

    void ended(String key, Sighting.Ended ended) {
        var before = state(key);
        if (before != null) {
            remove(key, before);
        }
        put(key, new Ended(ended.at().plus(settings.keepOutcomes())));
        if (!isOutcomeAfter(ended.at())) {
            table.put(NEWEST, Form.write(ended.at()));
        }
        if (ended.counted()) {
            count(ended);
        }
    }

    /// The key's timer was taken out.
    void due(String key) {
        switch (state(key)) {
            case Waiting waiting -> {
                table.put(stalled(waiting.since(), key), NOTHING);
                put(key, new Stalled(waiting.since(), waiting.since().plus(GIVE_UP)));
            }
            case Stalled stalled -> {
                if (isGivenUp(stalled)) {
                    remove(key, stalled);
                } else {
                    put(key, new Stalled(stalled.since(), stalled.due().plus(GIVE_UP)));
                }
            }
            case Ended ended -> remove(key, ended);
            case null -> {}
        }
    }

    void advance(Instant time) {
        counts.advance(time);
    }

    WindowedCounts counts() {
        return counts;
    }

    /// How many wait too long, and since when; of very many, only [#SHOWN] are counted.
    int stalled() {
        return table.first(STALLED, STALLED + "~", SHOWN).size();
    }

    @Nullable
    Instant stalledSince() {
        return table.first(STALLED, STALLED + "~", 1).stream()
                .findFirst()
                .map(entry -> Form.time(entry.key().substring(STALLED.length())))
                .orElse(null);
    }

    /// The newest ones.
    List<FailedRequest> failures() {
        var found = table.get(FAILURES);
        return found == null ? List.of() : Form.read(found, FAILED_REQUESTS);
    }

    private boolean isGivenUp(Stalled stalled) {
        return isOutcomeAfter(stalled.since().plus(settings.stalledAfter()))
                || !stalled.due().isBefore(stalled.since().plus(settings.keepOutcomes()));
    }

    private boolean isOutcomeAfter(Instant time) {
        var newest = Form.find(table, NEWEST, Instant.class);
        return newest != null && newest.isAfter(time);
    }

    private void count(Sighting.Ended ended) {
        counts.add(Outcomes.ALL, ended.solved() ? Outcomes.SOLVED : Outcomes.FAILED, ended.at());
        if (!ended.solved()) {
            var error = known(ended.error());
            counts.add(Outcomes.ERROR + error, Outcomes.FAILED, ended.at());
            counts.add(Outcomes.FAILURE + route(ended) + " " + error, Outcomes.FAILED, ended.at());
            remember(ended, error);
        }
    }

    private void remember(Sighting.Ended ended, String error) {
        var request = ended.request();
        if (request != null) {
            var all = new ArrayList<>(failures());
            all.add(new FailedRequest(request, ended.route(), error, ended.at()));
            table.put(FAILURES, Form.write(all.subList(Math.max(0, all.size() - MOST_FAILURES), all.size())));
        }
    }

    private static String route(Sighting.Ended ended) {
        var route = ended.route();
        return route == null ? "" : route;
    }

    /// A word that somebody documented; solvers may make up others.
    private static String known(@Nullable String error) {
        return error != null && (OURS.contains(error) || SolverCode.known().containsKey(error)) ? error : "OTHER";
    }

    private void put(String key, Wait wait) {
        timers.set(wait.due(), key);
        table.put(key, Form.write(wait));
    }

    private void remove(String key, Wait wait) {
        timers.clear(wait.due(), key);
        if (wait instanceof Stalled stalled) {
            table.delete(stalled(stalled.since(), key));
        }
        table.delete(key);
    }

    private @Nullable Wait state(String key) {
        return Form.find(table, key, Wait.class);
    }

    private static String stalled(Instant since, String key) {
        return STALLED + Form.hex(since) + "/" + key;
    }
}
