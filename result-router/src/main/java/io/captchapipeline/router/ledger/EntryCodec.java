package io.captchapipeline.router.ledger;

/// An entry as bytes.
public final class EntryCodec {
    private EntryCodec() {}

    public static byte[] encode(Entry entry) {
        throw new UnsupportedOperationException(entry.toString());
    }

    /// @throws UnreadableBytes when they are no entry
    public static Entry decode(byte[] bytes) {
        throw new UnsupportedOperationException(Integer.toString(bytes.length));
    }
}
