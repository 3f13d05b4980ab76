package io.captchapipeline.alerting.figures;

import java.time.Instant;
import java.util.function.BiConsumer;

/// What is due when: keys of the table, in the order of their times. Asking costs what is due.
final class Timers {
    private static final String PREFIX = "w/";
    private static final int AT_ONCE = 500;
    private static final byte[] NOTHING = {};

    private final Table table;

    Timers(Table table) {
        this.table = table;
    }

    void set(Instant due, String key) {
        table.put(timer(due, key), NOTHING);
    }

    void clear(Instant due, String key) {
        table.delete(timer(due, key));
    }

    /// Takes out what is due before `time`, the earliest first, and also what `then` sets to before that.
    void fire(Instant time, BiConsumer<Instant, String> then) {
        var end = PREFIX + Form.hex(time);
        for (var due = table.first(PREFIX, end, AT_ONCE); !due.isEmpty(); due = table.first(PREFIX, end, AT_ONCE)) {
            for (var timer : due) {
                var rest = timer.key().substring(PREFIX.length());
                table.delete(timer.key());
                then.accept(Form.time(rest), rest.substring(rest.indexOf('/') + 1));
            }
        }
    }

    private static String timer(Instant due, String key) {
        return PREFIX + Form.hex(due) + "/" + key;
    }
}
