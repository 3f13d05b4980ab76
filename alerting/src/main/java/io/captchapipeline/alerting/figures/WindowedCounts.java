package io.captchapipeline.alerting.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Counters by scope, each since the first of all and within a window that slides in steps of a sixtieth (a minute, for
/// an hour). A scope is `KIND` or `KIND:NAME`; of one kind [#MOST_NAMES] have counters of their own and the others
/// share
/// `KIND:other`, so the size of it all is bounded whatever names scrapers make up.
public final class WindowedCounts {
    public static final int MOST_NAMES = 50;

    private static final String OTHER = "other";
    private static final int STEPS = 60;
    private static final Duration SMALLEST_STEP = Duration.ofSeconds(1);
    private static final int AT_ONCE = 1000;

    private final Table table;
    private final String name;
    private final int counters;
    private final Duration window;
    private final Duration step;

    /// @param name a word that no other user of the table has
    public WindowedCounts(Table table, String name, int counters, Duration window) {
        this.table = table;
        this.name = name;
        this.counters = counters;
        this.window = window;
        var sixtieth = window.dividedBy(STEPS);
        this.step = sixtieth.compareTo(SMALLEST_STEP) < 0 ? SMALLEST_STEP : sixtieth;
    }

    /// Changes what has no window, such as a number of those that wait.
    public void change(String scope, int counter, long more) {
        var known = known(scope);
        save(known, tally(known).with(counter, more, false));
    }

    /// Counts something that happened at a time.
    public void add(String scope, int counter, Instant at) {
        var known = known(scope);
        var bucket = bucket(at);
        boolean within = end(bucket).isAfter(begin());
        save(known, tally(known).with(counter, 1, within));
        if (within) {
            var key = bucketKey(bucket, known);
            var found = table.get(key);
            var counts = found == null ? Tally.zero(counters) : Form.read(found, Tally.class);
            table.put(key, Form.write(counts.with(counter, 1, true)));
        }
    }

    /// Moves the end of the window to `time`; costs what leaves it.
    public void advance(Instant time) {
        table.put(name + "/b", Form.write(time.minus(window).toEpochMilli()));
        while (true) {
            var leaving = table.first(
                    bucketKey(Instant.EPOCH, ""), bucketKey(time.minus(window).minus(step), "~"), AT_ONCE);
            leaving.forEach(this::leave);
            if (leaving.size() < AT_ONCE) {
                return;
            }
        }
    }

    public Tally tally(String scope) {
        var found = Form.find(table, scopeKey(scope), Tally.class);
        return found == null ? Tally.zero(counters) : found;
    }

    public Map<String, Tally> all() {
        var all = new LinkedHashMap<String, Tally>();
        for (var entry : table.first(scopeKey(""), scopeKey("~"), Integer.MAX_VALUE)) {
            all.put(entry.key().substring(scopeKey("").length()), Form.read(entry.value(), Tally.class));
        }
        return all;
    }

    private void leave(Table.Entry bucket) {
        var scope = bucket.key().substring(bucket.key().indexOf('|') + 1);
        save(scope, tally(scope).without(Form.read(bucket.value(), Tally.class).windows()));
        table.delete(bucket.key());
    }

    private void save(String scope, Tally tally) {
        table.put(scopeKey(scope), Form.write(tally));
    }

    /// The scope itself, or that of the others where there are enough of its kind.
    private String known(String scope) {
        int colon = scope.indexOf(':');
        if (colon < 0 || table.get(scopeKey(scope)) != null) {
            return scope;
        }
        var kind = scope.substring(0, colon);
        var key = name + "/n/" + kind;
        var found = table.get(key);
        long names = found == null ? 0 : Form.read(found, Long.class);
        if (names >= MOST_NAMES) {
            return kind + ":" + OTHER;
        }
        table.put(key, Form.write(names + 1));
        return scope;
    }

    private Instant begin() {
        var found = table.get(name + "/b");
        return found == null ? Instant.EPOCH : Instant.ofEpochMilli(Form.read(found, Long.class));
    }

    private Instant bucket(Instant at) {
        return Instant.ofEpochMilli(at.toEpochMilli() / step.toMillis() * step.toMillis());
    }

    private Instant end(Instant bucket) {
        return bucket.plus(step);
    }

    private String bucketKey(Instant bucket, String scope) {
        return name + "/m/" + Form.hex(bucket) + "|" + scope;
    }

    private String scopeKey(String scope) {
        return name + "/c/" + scope;
    }
}
