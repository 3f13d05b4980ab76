package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.event.Params;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What keeps entries around a ledger: a store of bytes, so that every step is a restart, and a store of params.
final class Book {
    private final Ledger ledger;
    private final Map<LedgerKey, byte[]> entries = new HashMap<>();
    private final Map<LedgerKey, Params> params = new HashMap<>();
    private final NavigableMap<Due, LedgerKey> index = new TreeMap<>();

    /// A place in the time index.
    private record Due(Instant at, String key) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = at.compareTo(other.at);
            return byTime == 0 ? key.compareTo(other.key) : byTime;
        }
    }

    Book(LedgerRules rules) {
        ledger = new Ledger(rules);
    }

    Decision read(LedgerKey key, LedgerEvent event, Instant now) {
        var decision = ledger.decide(entry(key), event, now);
        keep(key, decision.entry());
        decision.outputs().forEach(output -> keep(key, output));
        return decision;
    }

    /// What is due, by when.
    List<LedgerKey> due(Instant now) {
        var due = new ArrayList<LedgerKey>();
        index.headMap(new Due(now.plusNanos(1), "")).forEach((_, key) -> due.add(key));
        return due;
    }

    @Nullable
    Entry entry(LedgerKey key) {
        var bytes = entries.get(key);
        return bytes == null ? null : EntryCodec.decode(bytes);
    }

    @Nullable
    Params params(LedgerKey key) {
        return params.get(key);
    }

    Map<LedgerKey, Entry> entries() {
        var all = new HashMap<LedgerKey, Entry>();
        entries.forEach((key, bytes) -> all.put(key, EntryCodec.decode(bytes)));
        return all;
    }

    boolean hasParams() {
        return !params.isEmpty();
    }

    private void keep(LedgerKey key, @Nullable Entry entry) {
        var before = entry(key);
        if (before != null) {
            index.remove(new Due(before.due(), key.toString()));
        }
        if (entry == null) {
            entries.remove(key);
        } else {
            entries.put(key, EntryCodec.encode(entry));
            index.put(new Due(entry.due(), key.toString()), key);
        }
    }

    private void keep(LedgerKey key, Output output) {
        if (output instanceof Output.KeepParams kept) {
            params.put(key, kept.params());
        } else if (output instanceof Output.ForgetParams) {
            params.remove(key);
        }
    }
}
