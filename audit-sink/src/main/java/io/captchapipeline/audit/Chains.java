package io.captchapipeline.audit;

import io.captchapipeline.kit.consume.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// What the tables say of a partition's chain.
final class Chains {
    private static final int ROWS_AT_A_TIME = 500;
    private static final String OF_PARTITION = " WHERE topic = ? AND partition = ?";

    private Chains() {}

    static Optional<Head> head(Handle handle, Partition partition) {
        return handle.createQuery("SELECT next_offset, seq, digest FROM audit_positions" + OF_PARTITION)
                .bind(0, partition.topic())
                .bind(1, partition.number())
                .map((found, _) ->
                        new Head(partition, found.getLong(1), found.getLong(2), new Digest(found.getBytes(3))))
                .findOne();
    }

    static Optional<Anchor> anchor(Handle handle, Partition partition) {
        return handle.createQuery("SELECT anchor_offset, anchor_seq, anchor_digest, anchor_mac FROM audit_positions"
                        + OF_PARTITION)
                .bind(0, partition.topic())
                .bind(1, partition.number())
                .map((found, _) -> new Anchor(
                        partition,
                        found.getLong(1),
                        found.getLong(2),
                        new Digest(found.getBytes(3)),
                        new Digest(found.getBytes(4))))
                .findOne();
    }

    /// Whether it is where the chain ends by what is signed: by its last row, or by the anchor, or because it never had
    /// a row.
    static boolean isGenuine(Handle handle, AuditKeys keys, Head head) {
        if (head.equals(Head.first(keys, head.partition()))) {
            return true;
        }
        var anchor = anchor(handle, head.partition()).filter(found -> found.isGenuine(keys));
        if (anchor.map(Anchor::head).filter(head::equals).isPresent()) {
            return true;
        }
        var before = new ArrayList<Digest>();
        if (head.seq() == 1) {
            before.add(Head.first(keys, head.partition()).digest());
        }
        anchor.filter(found -> found.seq() == head.seq() - 1)
                .map(Anchor::digest)
                .ifPresent(before::add);
        at(handle, head.partition(), head.seq() - 1).map(Link::digest).forEach(before::add);
        return at(handle, head.partition(), head.seq())
                .filter(link -> link.head().equals(head))
                .anyMatch(link -> before.stream().anyMatch(digest -> link.follows(keys, digest)));
    }

    /// Those with this number: one, unless somebody put in others.
    private static Stream<Link> at(Handle handle, Partition partition, long seq) {
        return handle
                .createQuery("SELECT " + RowMapping.COLUMNS + " FROM audit_events" + OF_PARTITION + " AND seq = ?")
                .bind(0, partition.topic())
                .bind(1, partition.number())
                .bind(2, seq)
                .map((found, _) -> RowMapping.link(found))
                .list()
                .stream();
    }

    /// The rows behind a head up to a number, in their order.
    static List<Link> between(Handle handle, Head from, long last) {
        return handle.createQuery("SELECT " + RowMapping.COLUMNS + " FROM audit_events" + OF_PARTITION
                        + " AND seq > ? AND seq <= ? ORDER BY seq, record_offset")
                .bind(0, from.partition().topic())
                .bind(1, from.partition().number())
                .bind(2, from.seq())
                .bind(3, last)
                .map((found, _) -> RowMapping.link(found))
                .list();
    }

    static Optional<Link> last(Handle handle, Partition partition) {
        return handle.createQuery("SELECT " + RowMapping.COLUMNS + " FROM audit_events" + OF_PARTITION
                        + " ORDER BY seq DESC LIMIT 1")
                .bind(0, partition.topic())
                .bind(1, partition.number())
                .map((found, _) -> RowMapping.link(found))
                .findOne();
    }

    /// The oldest rows, in their order.
    static List<Link> oldest(Handle handle, Partition partition, int most) {
        return handle.createQuery("SELECT " + RowMapping.COLUMNS + " FROM audit_events" + OF_PARTITION
                        + " ORDER BY seq, record_offset LIMIT ?")
                .bind(0, partition.topic())
                .bind(1, partition.number())
                .bind(2, most)
                .map((found, _) -> RowMapping.link(found))
                .list();
    }

    /// All rows, in their order and not all in memory. To be closed.
    static Stream<Link> rows(Handle handle, Partition partition) {
        return handle
                .createQuery("SELECT " + RowMapping.COLUMNS + " FROM audit_events" + OF_PARTITION
                        + " ORDER BY seq, record_offset")
                .setFetchSize(ROWS_AT_A_TIME)
                .bind(0, partition.topic())
                .bind(1, partition.number())
                .map((found, _) -> RowMapping.link(found))
                .stream();
    }

    /// Every partition that anything is known of.
    static List<Partition> partitions(Handle handle) {
        return handle.createQuery("SELECT topic, partition FROM audit_positions"
                        + " UNION SELECT topic, partition FROM audit_events ORDER BY topic, partition")
                .map((found, _) -> new Partition(found.getString(1), found.getInt(2)))
                .list();
    }

    /// Prunes the rows between two anchors; nothing, when somebody else has.
    static boolean moveAnchor(Handle handle, Anchor before, Anchor after) {
        var partition = after.partition();
        int moved = handle.execute(
                "UPDATE audit_positions SET anchor_offset = ?, anchor_seq = ?, anchor_digest = ?, anchor_mac = ?"
                        + OF_PARTITION + " AND anchor_seq = ?",
                after.offset(),
                after.seq(),
                after.digest().bytes(),
                after.mac().bytes(),
                partition.topic(),
                partition.number(),
                before.seq());
        if (moved == 1) {
            handle.execute(
                    "DELETE FROM audit_events" + OF_PARTITION + " AND seq <= ?",
                    partition.topic(),
                    partition.number(),
                    after.seq());
        }
        return moved == 1;
    }
}
