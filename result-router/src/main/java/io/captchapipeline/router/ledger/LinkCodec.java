package io.captchapipeline.router.ledger;

/// A link as bytes: the value of a record on the topic of links.
public final class LinkCodec {
    private LinkCodec() {}

    public static byte[] encode(Link link) {
        throw new UnsupportedOperationException(link.toString());
    }

    /// @throws UnreadableBytes when they are no link
    public static Link decode(byte[] bytes) {
        throw new UnsupportedOperationException(Integer.toString(bytes.length));
    }
}
