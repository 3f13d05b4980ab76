package io.captchapipeline.audit;

/// A row in its place in the chain, with the digest that the table holds for it.
record Link(Row row, long seq, Digest digest) {

    static Link after(AuditKeys keys, Digest before, Row row, long seq) {
        return new Link(row, seq, keys.link(before, row.canonical(seq)));
    }

    /// Whether it is what was once written behind this digest.
    boolean follows(AuditKeys keys, Digest before) {
        return keys.link(before, row.canonical(seq)).equals(digest);
    }

    /// The end of the chain, as long as this is its last row.
    Head head() {
        return new Head(row.partition(), row.offset() + 1, seq, digest);
    }
}
