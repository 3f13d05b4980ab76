package io.captchapipeline.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.Status;
import io.captchapipeline.schemas.event.TicketKind;
import io.captchapipeline.schemas.ticket.Ticket;
import io.captchapipeline.schemas.ticket.Tickets;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Tickets TICKETS = Tickets.signedWith(List.of("a secret of at least 16 characters"));
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,32}");
    private static final CallbackReader OPEN = new CallbackReader(TICKETS, true, DIGITS);
    private static final CallbackReader CLOSED = new CallbackReader(TICKETS, false, DIGITS);
    private static final Ticket.ForRequest REQUEST = new Ticket.ForRequest(
            new RequestId("r-1"), 2, new Method("turnstile"), new Route("login"), NOW, NOW.plusSeconds(60));

    @Test
    void a_token_is_a_solution() {
        var result = read("id=2122988149&code=03AGdBq2");

        assertThat(result).isInstanceOfSatisfying(Result.Solved.class, solved -> {
            assertThat(solved.taskId().value()).isEqualTo("2122988149");
            assertThat(solved.requestId().value()).isEqualTo("2122988149");
            assertThat(solved.solution().text()).isEqualTo("03AGdBq2");
            assertThat(solved.source()).isEqualTo(Source.CALLBACK);
            assertThat(solved.receivedAt()).isEqualTo(NOW);
            assertThat(solved.ticket()).isEqualTo(TicketKind.NONE);
        });
    }

    @Test
    void a_request_s_ticket_says_whose_callback_it_is() {
        var result = CLOSED.read(CLOSED.vouched(TICKETS.mint(REQUEST), NOW), form("id=1&code=x"), NOW);

        assertThat(result.requestId()).isEqualTo(REQUEST.requestId());
        assertThat(result.attempt()).isEqualTo(2);
        assertThat(result.method()).isEqualTo(REQUEST.method());
        assertThat(result.route()).isEqualTo(REQUEST.route());
        assertThat(result.ticket()).isEqualTo(TicketKind.REQUEST);
    }

    @Test
    void a_route_s_ticket_gives_the_route_only() {
        var ticket = TICKETS.mint(new Ticket.ForRoute(new Route("login"), NOW, null));
        var result = CLOSED.read(CLOSED.vouched(ticket, NOW), form("id=1&code=x"), NOW);

        assertThat(result.requestId().value()).isEqualTo("1");
        assertThat(result.route()).isEqualTo(new Route("login"));
        assertThat(result.attempt()).isNull();
        assertThat(result.ticket()).isEqualTo(TicketKind.ROUTE);
    }

    @Test
    void without_a_good_ticket_a_closed_ingress_takes_nothing() {
        assertRefused(Refusal.NO_TICKET, () -> CLOSED.vouched(null, NOW));
        assertRefused(Refusal.FORGED_TICKET, () -> CLOSED.vouched("v1~nonsense", NOW));
        assertRefused(Refusal.EXPIRED_TICKET, () -> CLOSED.vouched(TICKETS.mint(REQUEST), NOW.plusSeconds(61)));
    }

    @Test
    void a_bad_ticket_is_refused_where_none_is_needed_too() {
        assertRefused(Refusal.FORGED_TICKET, () -> OPEN.vouched("v1~nonsense", NOW));
    }

    @Test
    void an_error_code_is_a_failed_solve() {
        assertFailed("ERROR_CAPTCHA_UNSOLVABLE", Status.FAILED);
        for (var code :
                List.of("ERROR_BAD_DUPLICATES", "ERROR_SOMETHING_NEW", "ERROR: 1001", "MAX_USER_TURN", "IP_BANNED")) {
            assertFailed(code, Status.ERROR);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERROR", "error_x", "an ERROR_ inside", "ERROR: soon", "0"})
    void what_only_looks_like_an_error_is_a_solution(String text) {
        assertThat(read("id=1&code=" + text.replace(' ', '+')))
                .isInstanceOfSatisfying(
                        Result.Solved.class,
                        solved -> assertThat(solved.solution().text()).isEqualTo(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "id=1", "code=x", "id=&code=x", "id=1&code=", "ID=1&Code=x"})
    void id_and_code_are_needed(String form) {
        assertRefused(Refusal.MISSING_FIELD, () -> read(form));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"id=abc&code=x", "id=-1&code=x", "id=1+2&code=x", "id=123456789012345678901234567890123&code=x"})
    void an_id_has_to_match_the_pattern(String form) {
        assertRefused(Refusal.BAD_ID, () -> read(form));
    }

    @Test
    void an_id_that_no_event_can_carry_is_refused_whatever_the_pattern_says() {
        var lax = new CallbackReader(TICKETS, true, Pattern.compile(".*"));
        assertRefused(Refusal.BAD_ID, () -> lax.read(CallbackReader.Vouched.FOR_NOTHING, form("id=a%20b&code=x"), NOW));
    }

    @Test
    void a_field_given_twice_is_refused_wherever_it_stands() {
        assertRefused(Refusal.REPEATED_FIELD, () -> read("id=1&code=x&id=1"));
        assertRefused(Refusal.REPEATED_FIELD, () -> read("id=1&code=x&code=y"));
        assertRefused(Refusal.REPEATED_FIELD, () -> form("id=1").withForm("id=1&code=x"));
        assertRefused(Refusal.REPEATED_FIELD, () -> json("{\"id\":1,\"code\":\"x\",\"code\":\"y\"}"));
    }

    @Test
    void query_and_body_complement_each_other() {
        var result = OPEN.read(CallbackReader.Vouched.FOR_NOTHING, form("id=1").withForm("code=x"), NOW);
        assertThat(result.taskId()).hasToString("1");
    }

    @Test
    void a_code_of_64_kib_is_taken_and_one_byte_more_is_not() {
        assertThat(read("id=1&code=" + "x".repeat(65_536))).isInstanceOf(Result.Solved.class);
        assertRefused(Refusal.CODE_TOO_LONG, () -> read("id=1&code=" + "x".repeat(65_537)));
        assertRefused(Refusal.CODE_TOO_LONG, () -> read("id=1&code=" + "%C3%A9".repeat(32_769)));
    }

    @Test
    void rate_becomes_the_cost_and_a_strange_one_costs_no_answer() {
        assertThat(read("id=1&code=x&rate=0.00299").cost()).isEqualTo(new BigDecimal("0.00299"));
        assertThat(read("id=1&code=x&rate=1e999999999").cost()).isNull();
        assertThat(read("id=1&code=x&rate=free").cost()).isNull();
    }

    @Test
    void json_ids_may_be_numbers_and_codes_may_be_json() {
        assertThat(readJson("{\"id\":73548291,\"code\":\"x\"}").taskId()).hasToString("73548291");
        assertThat(readJson("{\"id\":\"1\",\"code\":[1,4,7]}"))
                .isInstanceOfSatisfying(
                        Result.Solved.class,
                        solved -> assertThat(solved.solution().text()).isEqualTo("[1,4,7]"));
        assertThat(readJson("{\"id\":\"1\",\"code\":42,\"rate\":0.5}"))
                .isInstanceOfSatisfying(
                        Result.Solved.class,
                        solved -> assertThat(solved.solution().text()).isEqualTo("42"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "1",
                "{",
                "{\"id\":1,\"code\":\"x\"} trailing",
                "{\"id\":{},\"code\":\"x\"}",
                "{\"id\":true,\"code\":\"x\"}",
                "{\"id\":1,\"code\":\"\\ud800\"}",
                "{\"id\":1,\"code\":[\"\\udc00\"]}",
                "{id:1}"
            })
    void what_is_no_such_json_is_malformed(String body) {
        assertRefused(Refusal.MALFORMED, () -> readJson(body));
    }

    @Test
    void json_without_end_is_malformed() {
        assertRefused(Refusal.MALFORMED, () -> readJson("{\"id\":1,\"code\":" + "[".repeat(5_000)));
    }

    private static void assertFailed(String code, Status status) {
        assertThat(read("id=1&code=" + code.replace(' ', '+'))).isInstanceOfSatisfying(Result.Failed.class, failed -> {
            assertThat(failed.error()).isEqualTo(code);
            assertThat(failed.status()).as(code).isEqualTo(status);
            assertThat(failed.retryAfterSeconds()).isNull();
        });
    }

    private static Result read(String form) {
        return OPEN.read(CallbackReader.Vouched.FOR_NOTHING, form(form), NOW);
    }

    private static Result readJson(String body) {
        return OPEN.read(CallbackReader.Vouched.FOR_NOTHING, json(body), NOW);
    }

    private static CallbackFields form(String form) {
        return new CallbackFields().withForm(form);
    }

    private static CallbackFields json(String body) {
        return new CallbackFields().withJson(body.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(Refusal refusal, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.refusal()).isEqualTo(refusal));
    }
}
