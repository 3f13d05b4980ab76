package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.event.Account;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.TaskId;

/// The parts of entries as bytes.
final class Parts {
    private Parts() {}

    static ByteWriter write(ByteWriter bytes, Progress progress) {
        write(bytes, progress.request());
        return bytes.each(progress.past(), Parts::write)
                .maybe(progress.refusal(), (w, r) -> w.time(r.at()).text(r.error()));
    }

    static Progress progress(ByteReader bytes) {
        return new Progress(request(bytes), bytes.each(Parts::past), bytes.maybe(r -> new Refusal(r.time(), r.text())));
    }

    private static void write(ByteWriter bytes, Request request) {
        bytes.text(request.requestId())
                .text(request.method())
                .maybe(request.route(), ByteWriter::text)
                .texts(request.metadata())
                .number(request.maxAttempts())
                .digest(request.content(), Long.BYTES)
                .time(request.askedAt())
                .time(request.deadline());
    }

    private static Request request(ByteReader bytes) {
        return new Request(
                new RequestId(bytes.text()),
                new Method(bytes.text()),
                bytes.maybe(r -> new Route(r.text())),
                bytes.texts(),
                bytes.small(),
                bytes.digest(Long.BYTES),
                bytes.time(),
                bytes.time());
    }

    private static void write(ByteWriter bytes, Past past) {
        bytes.maybe(past.taskId(), ByteWriter::text)
                .maybe(past.since(), ByteWriter::time)
                .flag(past.answered());
    }

    private static Past past(ByteReader bytes) {
        return new Past(bytes.maybe(r -> new TaskId(r.text())), bytes.maybe(ByteReader::time), bytes.flag());
    }

    static void write(ByteWriter bytes, Taken taken) {
        bytes.text(taken.taskId()).time(taken.submittedAt()).maybe(taken.account(), ByteWriter::text);
    }

    static Taken taken(ByteReader bytes) {
        return new Taken(new TaskId(bytes.text()), bytes.time(), bytes.maybe(r -> new Account(r.text())));
    }

    static ByteWriter write(ByteWriter bytes, Polling polling) {
        return bytes.number(polling.done()).maybe(polling.next(), ByteWriter::time);
    }

    static Polling polling(ByteReader bytes) {
        return new Polling(bytes.small(), bytes.maybe(ByteReader::time));
    }

    static ByteWriter write(ByteWriter bytes, Foreign foreign) {
        return bytes.text(foreign.requestId())
                .text(foreign.taskId())
                .maybe(foreign.method(), ByteWriter::text)
                .maybe(foreign.route(), ByteWriter::text)
                .texts(foreign.metadata())
                .maybe(foreign.submittedAt(), ByteWriter::time)
                .maybe(foreign.account(), ByteWriter::text)
                .flag(foreign.awaitsCallback())
                .time(foreign.announcedAt())
                .time(foreign.deadline());
    }

    static Foreign foreign(ByteReader bytes) {
        return new Foreign(
                new RequestId(bytes.text()),
                new TaskId(bytes.text()),
                bytes.maybe(r -> new Method(r.text())),
                bytes.maybe(r -> new Route(r.text())),
                bytes.texts(),
                bytes.maybe(ByteReader::time),
                bytes.maybe(r -> new Account(r.text())),
                bytes.flag(),
                bytes.time(),
                bytes.time());
    }

    static void write(ByteWriter bytes, Settled settled) {
        bytes.seconds(settled.until())
                .maybe(settled.content(), (w, content) -> w.digest(content, Long.BYTES))
                .maybe(settled.answer(), (w, a) -> w.number(a.attempt()).digest(a.digest(), Integer.BYTES));
    }

    static Settled settled(ByteReader bytes) {
        return new Settled(
                bytes.seconds(),
                bytes.maybe(r -> r.digest(Long.BYTES)),
                bytes.maybe(r -> new Answer(r.small(), (int) r.digest(Integer.BYTES))));
    }
}
