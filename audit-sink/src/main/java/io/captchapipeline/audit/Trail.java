package io.captchapipeline.audit;

import io.captchapipeline.kit.consume.Partition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// The chains of rows in the database, one a partition. They are extended only from the head that the caller knows, so
/// of two that hold a partition one is told that it no longer does.
final class Trail {
    private static final int ROWS_A_STEP = 1000;

    private final Database database;
    private final AuditKeys keys;

    /// A partition's new rows, from the head they follow to the one they lead to.
    record Extension(Head from, List<Link> links, Head to) {}

    Trail(Database database, AuditKeys keys) {
        this.database = database;
        this.keys = keys;
    }

    /// Where the chains end; those that the database does not know yet begin now.
    ///
    /// @throws PositionTrouble when one does not end as was written: to go on there would double or skip records
    Map<Partition, Head> heads(Set<Partition> partitions) {
        database.write(handle -> {
            partitions.stream()
                    .filter(partition -> Chains.head(handle, partition).isEmpty())
                    .forEach(partition -> begin(handle, partition));
            return partitions;
        });
        return database.read(handle -> {
            var heads = new TreeMap<Partition, Head>();
            for (var partition : partitions) {
                var head = Chains.head(handle, partition).orElseThrow(() -> new PositionTrouble(partition));
                if (!Chains.isGenuine(handle, keys, head)) {
                    throw new PositionTrouble(partition);
                }
                heads.put(partition, head);
            }
            return heads;
        });
    }

    /// Appends all of it in one transaction; nothing, when one of the chains no longer ends where it is believed to.
    ///
    /// @param extensions ordered by partition
    boolean append(Collection<Extension> extensions) {
        return database.write(handle -> {
            for (var extension : extensions) {
                if (!advance(handle, extension)) {
                    handle.rollback();
                    return false;
                }
            }
            insert(handle, extensions);
            return true;
        });
    }

    /// How far the rows lead from a head towards a later one, each following the one before it: to the later one, if
    /// it is of the same chain.
    Head furthest(Head from, Head to) {
        var reached = database.read(handle -> pastPruned(handle, from));
        while (reached.seq() < to.seq()) {
            var before = reached;
            var next = database.read(handle -> step(handle, before, to.seq()));
            if (next.seq() == before.seq()) {
                break;
            }
            reached = next;
        }
        return reached;
    }

    /// What was pruned cannot be walked; the anchor that stands for it is signed.
    private Head pastPruned(Handle handle, Head from) {
        return Chains.anchor(handle, from.partition())
                .filter(anchor -> anchor.seq() > from.seq() && anchor.isGenuine(keys))
                .map(Anchor::head)
                .orElse(from);
    }

    private Head step(Handle handle, Head from, long last) {
        var reached = from;
        for (var link : Chains.between(handle, from, Math.min(last, from.seq() + ROWS_A_STEP))) {
            if (link.seq() == reached.seq() + 1 && link.follows(keys, reached.digest())) {
                reached = link.head();
            }
        }
        return reached;
    }

    /// After the last row, if there are rows whose position is gone: whoever took it away is told by the verification.
    private void begin(Handle handle, Partition partition) {
        var first = Chains.last(handle, partition).map(Link::head).orElseGet(() -> Head.first(keys, partition));
        var anchor = Anchor.first(keys, partition);
        handle.execute(
                "INSERT INTO audit_positions (topic, partition, next_offset, seq, digest, anchor_offset, anchor_seq,"
                        + " anchor_digest, anchor_mac) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                partition.topic(),
                partition.number(),
                first.nextOffset(),
                first.seq(),
                first.digest().bytes(),
                anchor.offset(),
                anchor.seq(),
                anchor.digest().bytes(),
                anchor.mac().bytes());
    }

    private static boolean advance(Handle handle, Extension extension) {
        var partition = extension.from().partition();
        return handle.execute(
                        "UPDATE audit_positions SET next_offset = ?, seq = ?, digest = ?"
                                + " WHERE topic = ? AND partition = ? AND next_offset = ? AND digest = ?",
                        extension.to().nextOffset(),
                        extension.to().seq(),
                        extension.to().digest().bytes(),
                        partition.topic(),
                        partition.number(),
                        extension.from().nextOffset(),
                        extension.from().digest().bytes())
                == 1;
    }

    private static void insert(Handle handle, Collection<Extension> extensions) {
        var batch = handle.prepareBatch(RowMapping.INSERT);
        extensions.forEach(extension -> extension.links().forEach(link -> RowMapping.bind(batch, link)));
        batch.execute();
    }

    /// The rows that follow a head, in its chain.
    Extension extension(Head from, List<Row> rows) {
        var links = new ArrayList<Link>(rows.size());
        var digest = from.digest();
        var seq = from.seq();
        for (var row : rows) {
            var link = Link.after(keys, digest, row, ++seq);
            links.add(link);
            digest = link.digest();
        }
        return new Extension(from, links, links.getLast().head());
    }
}
