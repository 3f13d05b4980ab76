package io.captchapipeline.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.schemas.ticket.Ticket;
import io.captchapipeline.schemas.ticket.Tickets;
import io.captchapipeline.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What an attacker sends to the whole pipeline, as it runs.
@Timeout(300)
class AttacksIT {
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final String GOOD =
            Tickets.signedWith(List.of(Settings.CALLBACK_SECRET)).mint(new Ticket.ForRoute(null, LONG_AGO, null));
    private static final String STOLEN_FORM = Tickets.signedWith(List.of("a secret that somebody guessed"))
            .mint(new Ticket.ForRoute(null, LONG_AGO, null));
    private static final String EXPIRED = Tickets.signedWith(List.of(Settings.CALLBACK_SECRET))
            .mint(new Ticket.ForRoute(null, LONG_AGO, LONG_AGO.plusSeconds(50)));
    private static final int SLOW = 50;

    @TempDir
    private static Path directory;

    private static World world;

    @BeforeAll
    static void start() {
        world = World.start(directory, TrailDatabase.Kind.FILE);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    static Stream<Arguments> attacks() {
        return Stream.of(
                attack("no ticket", get("/callback?id=1&code=x")),
                attack("a forged ticket", get("/callback/" + STOLEN_FORM + "?id=1&code=x")),
                attack("a good ticket's signature on another route", get("/callback/" + altered() + "?id=1&code=x")),
                attack("an expired ticket", get("/callback/" + EXPIRED + "?id=1&code=x")),
                attack("a ticket in the query", get("/callback?id=1&code=x&ticket=" + GOOD)),
                attack("a path that climbs", get("/callback/" + GOOD + "/../../callback?id=1&code=x")),
                attack("a path that climbs in disguise", get("/callback/%2e%2e/callback/" + GOOD + "?id=1&code=x")),
                attack("a null byte", get("/callback/" + GOOD + "%00?id=1&code=x")),
                attack("an id of another form", get("/callback/" + GOOD + "?id=../../etc&code=x")),
                attack("two ids", get("/callback/" + GOOD + "?id=1&id=2&code=x")),
                attack(
                        "a line break in a value, and a header behind it",
                        get("/callback/" + GOOD + "?id=1%0d%0aX:1&code=x")),
                attack("a code over 64 KiB", post("id=1&code=" + "x".repeat(65 * 1024))),
                attack("a body of a megabyte", post("id=1&code=x&junk=" + "x".repeat(1024 * 1024))),
                attack("a URL of a megabyte", get("/callback/" + GOOD + "?id=1&code=" + "x".repeat(1024 * 1024))),
                attack(
                        "a header of 64 KiB",
                        "GET /callback/" + GOOD + "?id=1&code=x HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(64 * 1024)
                                + "\r\n\r\n"),
                attack(
                        "two lengths",
                        "POST /callback/" + GOOD
                                + " HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\nContent-Length: 12\r\n"
                                + "Content-Type: application/x-www-form-urlencoded\r\n\r\nid=1&code=xy"),
                attack(
                        "a length and chunks",
                        "POST /callback/" + GOOD
                                + " HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n"
                                + "Content-Type: application/x-www-form-urlencoded\r\n\r\nb\r\nid=1&code=x\r\n0\r\n\r\n"),
                attack(
                        "chunks by another name",
                        "POST /callback/" + GOOD
                                + " HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n"
                                + "Content-Type: application/x-www-form-urlencoded\r\n\r\nb\r\nid=1&code=x\r\n0\r\n\r\n"),
                attack("another method", "DELETE /callback/" + GOOD + "?id=1&code=x HTTP/1.1\r\nHost: h\r\n\r\n"),
                attack("no HTTP at all", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void is_refused_and_leaves_nothing_behind(String name, String request) throws IOException {
        int status = Raw.status(world.of(Part.INGRESS).getFirst().port(), request);

        assertThat(status)
                .satisfiesAnyOf(
                        answer -> assertThat(answer).isEqualTo(Raw.CLOSED),
                        answer -> assertThat(answer).isBetween(400, 499));
        assertThat(world.kafka().committed(Topics.RESULTS.name())).isEmpty();
    }

    @Test
    void those_who_never_come_to_an_end_are_sent_away_and_nobody_waits_for_them() throws IOException {
        int port = world.of(Part.INGRESS).getFirst().port();
        var slow = new ArrayList<Raw>();
        try {
            for (int i = 0; i < SLOW; i++) {
                var raw = Raw.to(port);
                raw.say("POST /callback/" + GOOD + " HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n");
                slow.add(raw);
            }

            assertThat(Http.get(port, "/health/callbacks").statusCode()).isIn(200, 503);
            for (var raw : slow) {
                assertThat(raw.status())
                        .satisfiesAnyOf(
                                answer -> assertThat(answer).isEqualTo(Raw.CLOSED),
                                answer -> assertThat(answer).isEqualTo(408));
            }
        } finally {
            for (var raw : slow) {
                raw.close();
            }
        }
    }

    @ParameterizedTest
    @MethodSource
    void an_api_answers_nobody_without_its_token(Part part, String path) {
        int port = world.of(part).getFirst().port();

        assertThat(Http.get(port, path).statusCode()).isEqualTo(401);
        assertThat(Http.get(port, path, "api-token").statusCode()).isEqualTo(401);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                Http.get(port, path, Settings.API_TOKEN).statusCode())
                        .isNotIn(401, 403));
    }

    static Stream<Arguments> an_api_answers_nobody_without_its_token() {
        return Stream.of(
                Arguments.of(Part.ROUTER, "/results/r-1"),
                Arguments.of(Part.AUDIT, "/audit/r-1"),
                Arguments.of(Part.AUDIT, "/audit/verify"),
                Arguments.of(Part.ALERTING, "/delivery"),
                Arguments.of(Part.ALERTING, "/alerts"));
    }

    private static Arguments attack(String name, String request) {
        return Arguments.of(name, request);
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
    }

    private static String post(String body) {
        return "POST /callback/" + GOOD + " HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body;
    }

    /// The fields of a ticket are under its signature.
    private static String altered() {
        var fields = GOOD.split("~", -1);
        fields[4] = "admin";
        return String.join("~", fields);
    }
}
