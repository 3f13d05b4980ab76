package io.captchapipeline.audit;

import io.vertx.core.MultiMap;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which rows somebody asks for.
///
/// @param from the first moment
/// @param to the first moment that is too late
/// @param after where the page before ended
record PageQuery(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String id,
        @Nullable String status,
        @Nullable String route,
        int limit,
        @Nullable Cursor after) {
    static final int MOST_ROWS = 500;
    private static final int USUAL_ROWS = 100;
    private static final Set<String> KNOWN =
            new TreeSet<>(Set.of("after", "from", "id", "limit", "route", "status", "to"));

    /// A parameter that cannot be understood; the message repeats nothing of it.
    static final class Misunderstood extends RuntimeException {
        private static final long serialVersionUID = 1;

        Misunderstood(String message) {
            super(message);
        }
    }

    /// @throws Misunderstood naming what is wrong
    static PageQuery read(MultiMap parameters) {
        for (var name : parameters.names()) {
            if (!KNOWN.contains(name)) {
                throw new Misunderstood("Known here: " + String.join(", ", KNOWN));
            }
            if (parameters.getAll(name).size() > 1) {
                throw new Misunderstood(name + " is given twice");
            }
            if (String.valueOf(parameters.get(name)).indexOf('\0') >= 0) {
                throw new Misunderstood(name + " has a NUL in it");
            }
        }
        return new PageQuery(
                time(parameters, "from"),
                time(parameters, "to"),
                parameters.get("id"),
                parameters.get("status"),
                parameters.get("route"),
                limit(parameters.get("limit")),
                cursor(parameters.get("after")));
    }

    /// Of cursor and `from` only the later one is asked for: with both, SQLite would walk all rows between them for
    /// every page.
    boolean beginsAtCursor() {
        return after != null && (from == null || after.atMillis() >= from.toEpochMilli());
    }

    PageQuery behind(@Nullable Cursor cursor, int rows) {
        return new PageQuery(from, to, id, status, route, rows, cursor);
    }

    private static @Nullable Instant time(MultiMap parameters, String name) {
        var text = parameters.get(name);
        if (text == null) {
            return null;
        }
        try {
            return Instant.ofEpochMilli(Instant.parse(text).toEpochMilli());
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new Misunderstood(name + " is no time such as 2026-11-01T12:00:00Z");
        }
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return USUAL_ROWS;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST_ROWS) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Told below, as any number that is out of range.
        }
        throw new Misunderstood("limit is no number from 1 to " + MOST_ROWS);
    }

    private static @Nullable Cursor cursor(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var cursor = Cursor.read(text);
        if (cursor == null) {
            throw new Misunderstood("after is no cursor: take it from the page before, as next");
        }
        return cursor;
    }
}
