package io.captchapipeline.audit;

import io.captchapipeline.audit.Break.Kind;
import io.captchapipeline.kit.consume.Partition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks a partition's chain from its anchor to its end and finds where it is not what was written. Rows that do not
/// follow are suspects until a later one shows which of them it follows: that tells a changed row (the chain goes on
/// behind it) from an inserted one (the chain goes on before it) and from a gap.
final class ChainWalk {
    static final int MOST_BREAKS = 1000;
    private static final int MOST_SUSPECTS = 1000;

    private final List<Break> breaks = new ArrayList<>();
    private final List<Suspect> suspects = new ArrayList<>();
    private final AuditKeys keys;
    private final Partition partition;
    private final long pruned;
    private final @Nullable Head witness;
    private Digest good;
    /// What stands before the next row cannot be known, so it is taken as it is.
    private boolean blind;
    private long seq;
    private long offset;
    /// Of the rows so far; those of a chain rise.
    private long highest;
    /// Whether the last row is one that was written.
    private boolean endsWell = true;
    private long rows;
    private long found;
    private boolean isCutOff;

    /// @param meant the digest that this content would have behind what stands before it
    private record Suspect(Link link, Digest meant) {}

    /// @param anchor null where the table has none
    /// @param witness the head that was kept outside of the database, null where none was
    ChainWalk(AuditKeys keys, Partition partition, @Nullable Anchor anchor, @Nullable Head witness) {
        this.keys = keys;
        this.partition = partition;
        this.witness = witness;
        var start = anchor == null ? Anchor.first(keys, partition) : anchor;
        pruned = start.seq();
        seq = start.seq();
        offset = start.offset();
        highest = start.offset();
        good = start.digest();
        if (!start.isGenuine(keys)) {
            found(offset, Kind.ANCHOR);
            blind = true;
            highest = -1;
        }
    }

    /// The next row, in the order of the chain.
    void next(Link link) {
        rows++;
        if (link.seq() <= pruned) {
            found(link.row().offset(), Kind.INSERTED);
        } else if (blind || link.follows(keys, good)) {
            suspects.forEach(suspect -> found(suspect.link.row().offset(), Kind.INSERTED));
            accept(link, seq + 1);
        } else if (!suspects.isEmpty() && followsLast(link)) {
            resolve();
            accept(link, link.seq());
        } else {
            suspect(link);
        }
    }

    /// There are no more rows.
    ///
    /// @param end where the table says that the chain ends; null where it does not say
    List<Break> end(@Nullable Head end) {
        if (!suspects.isEmpty()) {
            settleLast(end);
        }
        if (end == null) {
            if (rows > 0) {
                found(offset, Kind.POSITION);
            }
        } else if (end.seq() > seq) {
            found(offset + 1, Kind.CUT_OFF);
        } else if (!end.digest().equals(good) || end.seq() < seq || (isSure() && end.nextOffset() != offset + 1)) {
            found(offset, Kind.POSITION);
        }
        if (witness != null && witness.seq() > seq && !isCutOff) {
            found(offset + 1, Kind.CUT_OFF);
        }
        return List.copyOf(breaks);
    }

    long rows() {
        return rows;
    }

    /// How many breaks there are; of very many only the first [#MOST_BREAKS] are named.
    long found() {
        return found;
    }

    /// At the end nothing follows that could tell; where the chain is said to end does.
    private void settleLast(@Nullable Head end) {
        var last = suspects.getLast();
        if (end != null && end.digest().equals(good)) {
            suspects.forEach(suspect -> found(suspect.link.row().offset(), Kind.INSERTED));
            suspects.clear();
        } else {
            resolve();
            seq = last.link.seq();
            offset = last.link.row().offset();
            boolean leadsOn = end != null && end.digest().equals(last.meant);
            good = leadsOn ? last.meant : last.link.digest();
            endsWell = false;
        }
    }

    private boolean isSure() {
        return endsWell && !blind;
    }

    private boolean followsLast(Link link) {
        var last = suspects.getLast();
        return link.follows(keys, last.link.digest()) || link.follows(keys, last.meant);
    }

    private void suspect(Link link) {
        var previous = suspects.isEmpty() ? good : suspects.getLast().link.digest();
        suspects.add(new Suspect(link, keys.link(previous, link.row().canonical(link.seq()))));
        if (suspects.size() > MOST_SUSPECTS) {
            resolve();
            accept(link, link.seq());
        }
    }

    /// The chain goes on behind the suspects: by their numbers they were changed, follow a gap, or are one too many.
    private void resolve() {
        var expected = seq + 1;
        var before = offset;
        for (var suspect : suspects) {
            var number = suspect.link.seq();
            if (number > expected) {
                found(before + 1, Kind.REMOVED);
            } else {
                found(suspect.link.row().offset(), number == expected ? Kind.CHANGED : Kind.INSERTED);
            }
            expected = Math.max(expected, number + 1);
            before = suspect.link.row().offset();
        }
        suspects.clear();
    }

    /// @param expected the number that it has unless rows are gone before it
    private void accept(Link link, long expected) {
        suspects.clear();
        if (!blind && link.seq() != expected) {
            found(offset + 1, Kind.REMOVED);
        }
        if (link.row().offset() <= highest) {
            found(link.row().offset(), Kind.INSERTED);
        }
        blind = false;
        highest = Math.max(highest, link.row().offset());
        good = link.digest();
        seq = link.seq();
        offset = link.row().offset();
        if (witness != null && witness.seq() == seq && !witness.digest().equals(good)) {
            found(offset, Kind.CHANGED);
        }
    }

    private void found(long where, Kind kind) {
        found++;
        isCutOff |= kind == Kind.CUT_OFF;
        if (breaks.size() < MOST_BREAKS) {
            breaks.add(new Break(partition, where, kind));
        }
    }
}
