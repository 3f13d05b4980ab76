package io.captchapipeline.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.kit.consume.Partition;
import io.captchapipeline.kit.consume.RawRecord;
import io.captchapipeline.schemas.event.Account;
import io.captchapipeline.schemas.event.Attempt;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.Params;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.Solution;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.SubmitRequest;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.event.TicketKind;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Sender;
import io.captchapipeline.schemas.wire.Wire;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Records as they would lie on topics. NullAway does not see in class files that an array may be null.
@SuppressWarnings("NullAway")
final class Records {
    static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    static final Partition RESULTS = new Partition(Topics.RESULTS.name(), 0);

    private static final Sender SENDER = new Sender("test", Clock.fixed(NOON, ZoneOffset.UTC));

    private Records() {}

    static RawRecord record(Topic<?> topic, long offset, Instant at, Event event) {
        var headers = new ArrayList<RawRecord.Header>();
        SENDER.envelope(event).eachHeader((name, text) -> headers.add(header(name, text)));
        var key = event.key();
        return new RawRecord(
                new Partition(topic.name(), 0),
                offset,
                at,
                key == null ? null : key.getBytes(UTF_8),
                Wire.encode(event),
                headers);
    }

    static RawRecord raw(Topic<?> topic, long offset, @Nullable String value, RawRecord.Header... headers) {
        return new RawRecord(
                new Partition(topic.name(), 0),
                offset,
                NOON,
                null,
                value == null ? null : value.getBytes(UTF_8),
                List.of(headers));
    }

    /// One that says nothing.
    static RawRecord raw(Partition partition, long offset) {
        return new RawRecord(partition, offset, NOON, null, "{}".getBytes(UTF_8), List.of());
    }

    static RawRecord.Header header(String name, String text) {
        return new RawRecord.Header(name, text.getBytes(UTF_8));
    }

    /// As many results, a second apart, from this offset on.
    static List<RawRecord> results(long from, int count) {
        return LongStream.range(from, from + count)
                .mapToObj(offset -> record(Topics.RESULTS, offset, NOON.plusSeconds(offset), solved("r-" + offset)))
                .toList();
    }

    static Result.Solved solved(String requestId) {
        return new Result.Solved(
                new TaskId("7" + Integer.toUnsignedString(requestId.hashCode())),
                new RequestId(requestId),
                Solution.of("token of " + requestId),
                null,
                new Route("login"),
                new Method("userrecaptcha"),
                Source.CALLBACK,
                NOON,
                new BigDecimal("0.00299"),
                1,
                TicketKind.REQUEST);
    }

    static Attempt attempt(String requestId, int number) {
        return new Attempt(
                new RequestId(requestId), number, new Method("userrecaptcha"), null, new Account("main"), NOON);
    }

    static SubmitRequest request(String requestId) {
        return new SubmitRequest(
                new RequestId(requestId),
                new Method("userrecaptcha"),
                new Params(Map.of("pageurl", "https://site.example/login", "proxy", "u:hunter2@203.0.113.7:3128")),
                new Route("login"),
                180,
                2,
                Map.of("job", "42"));
    }

    static Outcome outcome(String requestId, int attempts) {
        return new Outcome.Solved(
                new TaskId("2122988149"),
                new RequestId(requestId),
                Solution.of("token of " + requestId),
                null,
                new Method("userrecaptcha"),
                new Route("login"),
                attempts,
                NOON,
                NOON,
                NOON,
                14.2,
                Source.CALLBACK,
                new BigDecimal("0.00299"),
                Map.of());
    }
}
