package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.wire.Wire;

/// A link as bytes: the value of a record on the topic of links. As with entries, a layout is never changed.
public final class LinkCodec {
    private static final int ALIASED = 1;
    private static final int CLAIM = 2;
    private static final int GRANTED = 3;
    private static final int DECLINED = 4;
    private static final int FORWARDED = 5;

    private LinkCodec() {}

    public static byte[] encode(Link link) {
        var bytes = new ByteWriter();
        return switch (link) {
            case TaskEvent.Aliased l ->
                ids(bytes, ALIASED, l.taskId(), l.requestId()).time(l.until()).toBytes();
            case TaskEvent.Claim l ->
                ids(bytes, CLAIM, l.taskId(), l.requestId()).time(l.until()).toBytes();
            case RequestEvent.Granted l ->
                ids(bytes, GRANTED, l.taskId(), l.requestId()).toBytes();
            case RequestEvent.Declined l ->
                ids(bytes, DECLINED, l.taskId(), l.requestId()).toBytes();
            case RequestEvent.Forwarded l ->
                bytes.number(FORWARDED)
                        .text(l.requestId())
                        .block(Wire.encode(l.result()))
                        .toBytes();
        };
    }

    /// @throws UnreadableBytes when they are no link
    public static Link decode(byte[] bytes) {
        return ByteReader.all(bytes, LinkCodec::read);
    }

    private static ByteWriter ids(ByteWriter bytes, int layout, TaskId taskId, RequestId requestId) {
        return bytes.number(layout).text(taskId).text(requestId);
    }

    private static Link read(ByteReader bytes) {
        int layout = bytes.small();
        return switch (layout) {
            case ALIASED -> new TaskEvent.Aliased(task(bytes), request(bytes), bytes.time());
            case CLAIM -> new TaskEvent.Claim(task(bytes), request(bytes), bytes.time());
            case GRANTED -> granted(task(bytes), request(bytes));
            case DECLINED -> declined(task(bytes), request(bytes));
            case FORWARDED -> new RequestEvent.Forwarded(request(bytes), Wire.decode(Result.class, bytes.block()));
            default -> throw new UnreadableBytes("no layout of a link: " + layout);
        };
    }

    private static Link granted(TaskId taskId, RequestId requestId) {
        return new RequestEvent.Granted(requestId, taskId);
    }

    private static Link declined(TaskId taskId, RequestId requestId) {
        return new RequestEvent.Declined(requestId, taskId);
    }

    private static TaskId task(ByteReader bytes) {
        return new TaskId(bytes.text());
    }

    private static RequestId request(ByteReader bytes) {
        return new RequestId(bytes.text());
    }
}
