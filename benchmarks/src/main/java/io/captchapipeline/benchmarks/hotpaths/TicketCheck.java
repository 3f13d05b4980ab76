package io.captchapipeline.benchmarks.hotpaths;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.schemas.ticket.Ticket;
import io.captchapipeline.schemas.ticket.Tickets;
import io.captchapipeline.schemas.ticket.Verdict;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// A good ticket; beside it, the bare HMAC-SHA256 of the bytes that it signs.
@State(Scope.Benchmark)
public class TicketCheck {
    private static final String SECRET = "a secret for benchmarks only";

    private final Tickets tickets = Tickets.signedWith(List.of(SECRET));
    private final String ticket = tickets.mint(new Ticket.ForRequest(
            Request.ID, 1, Request.METHOD, Request.ROUTE, Request.NOW, Request.NOW.plus(Duration.ofDays(1))));
    private final byte[] signed = ticket.substring(0, ticket.lastIndexOf('~')).getBytes(UTF_8);
    private final Mac mac = mac();

    @Benchmark
    public Verdict path() {
        return tickets.check(ticket, Request.NOW);
    }

    @Benchmark
    public byte[] floor() {
        return mac.doFinal(signed);
    }

    private static Mac mac() {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
