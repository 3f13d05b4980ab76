package io.captchapipeline.router.ledger;

import io.captchapipeline.router.ledger.RequestEntry.Accepted;
import io.captchapipeline.router.ledger.RequestEntry.Asked;
import io.captchapipeline.router.ledger.RequestEntry.Claimed;
import io.captchapipeline.router.ledger.RequestEntry.Refused;
import io.captchapipeline.router.ledger.RequestEntry.Waiting;
import io.captchapipeline.router.ledger.TaskEntry.Alias;
import io.captchapipeline.router.ledger.TaskEntry.Unannounced;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.wire.Wire;

/// An entry as bytes: the number of its layout, then its values. A layout is never changed and its number never used
/// again, since what was written must stay readable; a state with other values gets a layout of its own.
public final class EntryCodec {
    private static final int WAITING = 1;
    private static final int REFUSED = 2;
    private static final int ASKED = 3;
    private static final int ACCEPTED = 4;
    private static final int CLAIMED = 5;
    private static final int ANNOUNCED = 6;
    private static final int UNANNOUNCED = 7;
    private static final int ALIAS = 8;
    private static final int SETTLED = 9;

    private EntryCodec() {}

    public static byte[] encode(Entry entry) {
        var bytes = new ByteWriter();
        switch (entry) {
            case Waiting e -> Parts.write(bytes.number(WAITING), e.progress());
            case Refused e -> Parts.write(bytes.number(REFUSED), e.progress()).time(e.until());
            case Asked e ->
                Parts.write(bytes.number(ASKED), e.progress()).time(e.at()).time(e.silentAt());
            case Accepted e -> accepted(bytes, e);
            case Claimed e -> Parts.write(bytes.number(CLAIMED), e.foreign()).time(e.until());
            case Announced e -> Parts.write(Parts.write(bytes.number(ANNOUNCED), e.foreign()), e.polling());
            case Unannounced e ->
                bytes.number(UNANNOUNCED).block(Wire.encode(e.result())).time(e.until());
            case Alias e -> bytes.number(ALIAS).text(e.requestId()).seconds(e.until());
            case Settled e -> Parts.write(bytes.number(SETTLED), e);
        }
        return bytes.toBytes();
    }

    /// @throws UnreadableBytes when they are no entry
    public static Entry decode(byte[] bytes) {
        return ByteReader.all(bytes, EntryCodec::read);
    }

    private static void accepted(ByteWriter bytes, Accepted accepted) {
        Parts.write(bytes.number(ACCEPTED), accepted.progress());
        Parts.write(bytes, accepted.taken());
        Parts.write(bytes, accepted.polling());
    }

    private static Entry read(ByteReader bytes) {
        int layout = bytes.small();
        return switch (layout) {
            case WAITING -> new Waiting(Parts.progress(bytes));
            case REFUSED -> new Refused(Parts.progress(bytes), bytes.time());
            case ASKED -> new Asked(Parts.progress(bytes), bytes.time(), bytes.time());
            case ACCEPTED -> new Accepted(Parts.progress(bytes), Parts.taken(bytes), Parts.polling(bytes));
            case CLAIMED -> new Claimed(Parts.foreign(bytes), bytes.time());
            case ANNOUNCED -> new Announced(Parts.foreign(bytes), Parts.polling(bytes));
            case UNANNOUNCED -> new Unannounced(Wire.decode(Result.class, bytes.block()), bytes.time());
            case ALIAS -> new Alias(new RequestId(bytes.text()), bytes.seconds());
            case SETTLED -> Parts.settled(bytes);
            default -> throw new UnreadableBytes("no layout of an entry: " + layout);
        };
    }
}
