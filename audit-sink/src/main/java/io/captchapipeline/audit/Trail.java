package io.captchapipeline.audit;

import io.captchapipeline.kit.consume.Partition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// The chains of rows in the database, one a partition. They are extended only from the head that the caller knows, so
/// of two that hold a partition one is told that it no longer does.
final class Trail {
    private final Database database;
    private final AuditKeys keys;

    /// A partition's new rows, from the head they follow to the one they lead to.
    record Extension(Head from, List<Link> links, Head to) {}

    Trail(Database database, AuditKeys keys) {
        this.database = database;
        this.keys = keys;
    }

    /// Where the chains end; those that the database does not know yet begin now.
    Map<Partition, Head> heads(Set<Partition> partitions) {
        return database.write(handle -> {
            var heads = new TreeMap<Partition, Head>();
            partitions.forEach(partition ->
                    heads.put(partition, head(handle, partition).orElseGet(() -> begin(handle, partition))));
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

    /// Whether this head is one that the chain has had.
    boolean has(Head head) {
        return database.read(handle -> head.seq() == 0
                || isPruned(handle, head)
                || handle.createQuery("SELECT COUNT(*) FROM audit_events"
                                        + " WHERE topic = ? AND partition = ? AND seq = ? AND digest = ?")
                                .bind(0, head.partition().topic())
                                .bind(1, head.partition().number())
                                .bind(2, head.seq())
                                .bind(3, head.digest().bytes())
                                .mapTo(Long.class)
                                .one()
                        > 0);
    }

    private boolean isPruned(Handle handle, Head head) {
        return Chains.anchor(handle, head.partition())
                .filter(anchor -> anchor.isGenuine(keys))
                .filter(anchor -> anchor.seq() >= head.seq())
                .isPresent();
    }

    private static Optional<Head> head(Handle handle, Partition partition) {
        return Chains.head(handle, partition);
    }

    /// After the last row, if there are rows whose position is gone: whoever took it away is told by the verification.
    private Head begin(Handle handle, Partition partition) {
        var first = Chains.last(handle, partition)
                .map(last -> new Head(partition, last.row().offset() + 1, last.seq(), last.digest()))
                .orElseGet(() -> Head.first(keys, partition));
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
        return head(handle, partition).orElseThrow();
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
        var next = rows.getLast().offset() + 1;
        return new Extension(from, links, new Head(from.partition(), next, seq, digest));
    }
}
