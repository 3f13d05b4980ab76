package io.captchapipeline.benchmarks;

import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.ticket.Ticket;
import io.captchapipeline.schemas.ticket.Tickets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/// Callbacks as a solver makes them: a ticket of its own each, and a token of 500 characters.
final class Targets {
    static final String SECRET = "a secret for benchmarks only";

    private static final int COUNT = 2_000;
    private static final int TOKEN = 500;
    private static final long A_DAY = 86_400;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private Targets() {}

    /// The same ones in every run, but for their tickets' times.
    static List<String> make() {
        var tickets = Tickets.signedWith(List.of(SECRET));
        var random = new Random(1);
        var now = Instant.now();
        return IntStream.range(0, COUNT)
                .mapToObj(i -> "/callback/" + tickets.mint(ticket(random, now)) + "?id=" + (2_122_988_149L + i)
                        + "&code=" + token(random))
                .toList();
    }

    /// One for a request of this id.
    static String ticket(String requestId) {
        var now = Instant.now();
        return Tickets.signedWith(List.of(SECRET))
                .mint(new Ticket.ForRequest(
                        new RequestId(requestId),
                        1,
                        new Method("userrecaptcha"),
                        new Route("login"),
                        now,
                        now.plusSeconds(A_DAY)));
    }

    private static Ticket ticket(Random random, Instant now) {
        return new Ticket.ForRequest(
                new RequestId(new UUID(random.nextLong(), random.nextLong()).toString()),
                1,
                new Method("userrecaptcha"),
                new Route("login"),
                now,
                now.plusSeconds(A_DAY));
    }

    static String token(Random random) {
        var token = new StringBuilder(TOKEN);
        while (token.length() < TOKEN) {
            token.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return token.toString();
    }
}
