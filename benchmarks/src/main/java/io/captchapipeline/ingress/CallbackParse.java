package io.captchapipeline.ingress;

import io.captchapipeline.ingress.CallbackReader.Vouched;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.TicketKind;
import io.captchapipeline.schemas.ticket.Tickets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// A callback's query becomes an event, its ticket being checked already; beside it, the values are cut out of the
/// query
/// as they stand. In the package of what it measures, which nobody else needs to see.
@State(Scope.Benchmark)
public class CallbackParse {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.123Z");

    private final String query =
            "id=2122988149&code=" + "03AGdBq25_x7-".repeat(39).substring(0, 500);
    private final CallbackReader reader = new CallbackReader(
            Tickets.signedWith(List.of("a secret for benchmarks only")), false, Pattern.compile("[0-9]{1,32}"));
    private final Vouched vouched = new Vouched(
            TicketKind.REQUEST,
            new RequestId("5f8a2a4e-3c1b-4b7e-9f0d-8c1a2b3c4d5e"),
            1,
            new Method("userrecaptcha"),
            new Route("login"));

    @Benchmark
    public Result path() {
        return reader.read(vouched, new CallbackFields().withForm(query), NOW);
    }

    @Benchmark
    public List<String> floor() {
        int end = query.indexOf('&');
        return List.of(query.substring(query.indexOf('=') + 1, end), query.substring(query.indexOf('=', end) + 1));
    }
}
