package io.captchapipeline.audit;

import io.captchapipeline.kit.consume.Partition;

/// How far a partition has come: the end of its chain, and where to read on.
///
/// @param seq how many rows the chain has had, those that were pruned too
record Head(Partition partition, long nextOffset, long seq, Digest digest) {

    static Head first(AuditKeys keys, Partition partition) {
        var named = new Canonical().text(partition.topic()).number(partition.number());
        return new Head(partition, 0, 0, keys.genesis(named.bytes()));
    }
}
