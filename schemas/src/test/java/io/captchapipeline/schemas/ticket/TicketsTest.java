package io.captchapipeline.schemas.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Route;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TicketsTest {
    private static final Instant MINTED = Instant.ofEpochSecond(1_800_000_000L);
    private static final Instant EXPIRES = MINTED.plusSeconds(86_400);
    private static final Ticket REQUEST = new Ticket.ForRequest(
            new RequestId("r-1"), 1, new Method("userrecaptcha"), new Route("login"), MINTED, EXPIRES);
    private static final Tickets TICKETS = Tickets.signedWith(List.of("a secret of at least 16 characters"));

    @Test
    void a_minted_ticket_is_good_and_says_what_went_in() {
        assertThat(TICKETS.check(TICKETS.mint(REQUEST), MINTED)).isEqualTo(new Verdict.Good(REQUEST));
    }

    @Test
    void a_ticket_of_a_route_needs_neither_route_nor_end() {
        for (var ticket : List.of(
                new Ticket.ForRoute(null, MINTED, null),
                new Ticket.ForRoute(new Route("login"), MINTED, null),
                new Ticket.ForRoute(new Route("login"), MINTED, EXPIRES))) {
            assertThat(TICKETS.check(TICKETS.mint(ticket), MINTED)).isEqualTo(new Verdict.Good(ticket));
        }
    }

    @Test
    void it_is_good_until_the_second_it_expires_and_not_after() {
        var text = TICKETS.mint(REQUEST);
        assertThat(TICKETS.check(text, EXPIRES)).isInstanceOf(Verdict.Good.class);
        assertThat(TICKETS.check(text, EXPIRES.plusMillis(1))).isEqualTo(new Verdict.Expired());
    }

    @Test
    void any_changed_removed_or_added_letter_makes_it_forged() {
        var text = TICKETS.mint(REQUEST);
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'A' ? 'B' : 'A';
            assertForged(text.substring(0, i) + other + text.substring(i + 1));
            assertForged(text.substring(0, i) + text.substring(i + 1));
            assertForged(text.substring(0, i) + other + text.substring(i));
            assertForged(text.substring(0, i));
        }
        assertForged(text + "=");
        assertForged(text + "A");
        assertForged(" " + text);
    }

    @Test
    void a_ticket_with_another_route_is_forged() {
        assertForged(TICKETS.mint(REQUEST).replace("~login~", "~admin~"));
    }

    @Test
    void a_ticket_of_another_secret_is_forged() {
        assertForged(
                Tickets.signedWith(List.of("another secret of 16 characters")).mint(REQUEST));
    }

    @Test
    void noise_is_forged() {
        var random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            var noise = new StringBuilder();
            for (int j = random.nextInt(400); j > 0; j--) {
                noise.append((char) (random.nextInt(4) == 0 ? '~' : random.nextInt(0xFFFF)));
            }
            assertForged(noise.toString());
        }
    }

    @Test
    void a_signed_text_of_a_later_version_or_without_sense_is_forged() {
        var later = TICKETS.mint(new Ticket.ForRoute(null, MINTED, null)).replaceFirst("v1", "v2");
        assertForged(later);
    }

    @Test
    void during_a_rotation_both_secrets_are_accepted_and_the_first_signs() {
        var before = Tickets.signedWith(List.of("old secret, 16 letters or more"));
        var during = Tickets.signedWith(List.of("new secret, 16 letters or more", "old secret, 16 letters or more"));
        var after = Tickets.signedWith(List.of("new secret, 16 letters or more"));

        assertThat(during.check(before.mint(REQUEST), MINTED)).isInstanceOf(Verdict.Good.class);
        assertThat(after.check(during.mint(REQUEST), MINTED)).isInstanceOf(Verdict.Good.class);
        assertThat(after.check(before.mint(REQUEST), MINTED)).isEqualTo(new Verdict.Forged());
    }

    @Test
    void the_longest_ticket_is_within_the_limit_and_needs_no_escape_in_a_path() {
        var longest = new Ticket.ForRequest(
                new RequestId("r".repeat(127) + ":"),
                5,
                new Method("m".repeat(64)),
                new Route("x".repeat(40)),
                MINTED,
                EXPIRES);
        var text = TICKETS.mint(longest);
        assertThat(text).hasSizeLessThanOrEqualTo(Tickets.MOST_CHARACTERS);
        assertThat(URI.create("https://example.com/callback/" + text).getPath()).endsWith("/" + text);
        assertThat(TICKETS.check(text, MINTED)).isEqualTo(new Verdict.Good(longest));
    }

    @Test
    void the_documented_test_vectors_are_what_we_mint() throws IOException {
        var page = Files.readString(Path.of("../docs/tickets.md"));
        assertThat(page)
                .contains(TICKETS.mint(REQUEST))
                .contains(TICKETS.mint(new Ticket.ForRoute(new Route("login"), MINTED, null)));
    }

    private static void assertForged(String text) {
        assertThat(TICKETS.check(text, MINTED)).as(text).isEqualTo(new Verdict.Forged());
    }
}
