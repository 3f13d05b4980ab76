package io.captchapipeline.audit;

import io.captchapipeline.kit.consume.Partition;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Whether the trail is what was written: every chain, row by row, against its anchor, its position and the head that
/// was kept outside. Memory stays flat.
final class Verification {
    private final Database database;
    private final AuditKeys keys;
    private final HeadKeeper keeper;
    private final AuditMetrics metrics;
    private final Clock clock;

    /// @param breaks at most [ChainWalk#MOST_BREAKS] of them
    record Verdict(long rows, long found, List<Break> breaks) {
        boolean intact() {
            return found == 0;
        }
    }

    Verification(Database database, AuditKeys keys, HeadKeeper keeper, AuditMetrics metrics, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.keeper = keeper;
        this.metrics = metrics;
        this.clock = clock;
    }

    Verdict verify() {
        // Read first: a head is kept after its rows, so the tables are never behind it.
        var witnesses = keeper.heads();
        var partitions = new TreeSet<>(witnesses.keySet());
        partitions.addAll(database.read(Chains::partitions));
        long rows = 0;
        long found = 0;
        var breaks = new ArrayList<Break>();
        for (var partition : partitions) {
            var chain = verify(partition, witnesses);
            rows += chain.rows;
            found += chain.found;
            chain.breaks.stream().limit(ChainWalk.MOST_BREAKS - breaks.size()).forEach(breaks::add);
        }
        metrics.verified(clock.instant(), found);
        return new Verdict(rows, found, List.copyOf(breaks));
    }

    private Verdict verify(Partition partition, Map<Partition, Head> witnesses) {
        return database.read(handle -> {
            var anchor = Chains.anchor(handle, partition).orElse(null);
            var end = Chains.head(handle, partition).orElse(null);
            var walk = new ChainWalk(keys, partition, anchor, witnesses.get(partition));
            try (var rows = Chains.rows(handle, partition)) {
                rows.forEach(walk::next);
            }
            var breaks = walk.end(end);
            return new Verdict(walk.rows(), walk.found(), breaks);
        });
    }
}
