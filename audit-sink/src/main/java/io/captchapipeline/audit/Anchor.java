package io.captchapipeline.audit;

import io.captchapipeline.kit.consume.Partition;

/// What stands for the rows that retention pruned: the chain goes on from here. Signed, so that nobody else can prune.
///
/// @param offset of the last row that was pruned; -1 before there is one
record Anchor(Partition partition, long offset, long seq, Digest digest, Digest mac) {

    static Anchor at(AuditKeys keys, Partition partition, long offset, long seq, Digest digest) {
        return new Anchor(partition, offset, seq, digest, mac(keys, partition, offset, seq, digest));
    }

    static Anchor first(AuditKeys keys, Partition partition) {
        return at(keys, partition, -1, 0, Head.first(keys, partition).digest());
    }

    /// The end of the chain, as long as no row follows.
    Head head() {
        return new Head(partition, offset + 1, seq, digest);
    }

    boolean isGenuine(AuditKeys keys) {
        return mac.equals(mac(keys, partition, offset, seq, digest));
    }

    private static Digest mac(AuditKeys keys, Partition partition, long offset, long seq, Digest digest) {
        return keys.anchor(new Canonical()
                .text(partition.topic())
                .number(partition.number())
                .number(offset)
                .number(seq)
                .digest(digest)
                .bytes());
    }
}
