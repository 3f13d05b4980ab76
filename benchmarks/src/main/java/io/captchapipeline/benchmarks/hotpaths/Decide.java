package io.captchapipeline.benchmarks.hotpaths;

import io.captchapipeline.router.ledger.Decision;
import io.captchapipeline.router.ledger.Entry;
import io.captchapipeline.router.ledger.Ledger;
import io.captchapipeline.router.ledger.LedgerEvent;
import io.captchapipeline.router.ledger.LedgerKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The ledger decides upon the callback of an accepted task: its entry is settled, its outcome told. Beside it, the
/// entry is looked up in a map.
@State(Scope.Benchmark)
public class Decide {
    private final Ledger ledger = Request.ledger();
    private final Entry accepted = Request.accepted();
    private final LedgerEvent called = Request.called();
    private final LedgerKey key = LedgerKey.of(Request.ID);
    private final Map<LedgerKey, Entry> entries = new HashMap<>(Map.of(key, accepted));

    @Benchmark
    public Decision path() {
        return ledger.decide(accepted, called, Request.NOW);
    }

    @Benchmark
    public Entry floor() {
        return Objects.requireNonNull(entries.get(key));
    }
}
