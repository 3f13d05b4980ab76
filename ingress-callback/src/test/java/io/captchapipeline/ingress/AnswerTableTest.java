package io.captchapipeline.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.kit.testing.InMemoryPublisher;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Status;
import io.captchapipeline.schemas.ticket.Ticket;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every row of the table of answers, over real HTTP.
class AnswerTableTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final InMemoryPublisher<Result> publisher = TestIngress.inMemory();
    private final TestIngress ingress = new TestIngress(publisher, true);

    @AfterEach
    void close() {
        ingress.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/callback", "/pingback"})
    void a_stored_callback_is_answered_ok(String path) throws IOException {
        var answer = ingress.get(path + "?id=1&code=token");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("OK");
        assertThat(answer.headers().get("content-type")).startsWith("text/plain");
        assertThat(publisher.events()).hasSize(1);
    }

    @Test
    void query_form_and_json_are_all_read() throws IOException {
        assertThat(ingress.get("/callback?id=1&code=x").status()).isEqualTo(200);
        assertThat(ingress.post("/callback?id=2&code=x", FORM, "").status()).isEqualTo(200);
        assertThat(ingress.post("/callback", FORM, "id=3&code=x&rate=0.00299").status())
                .isEqualTo(200);
        assertThat(ingress.post("/callback", FORM + "; charset=UTF-8", "id=4&code=x")
                        .status())
                .isEqualTo(200);
        assertThat(ingress.post("/callback", "application/json", "{\"id\":5,\"code\":\"x\"}")
                        .status())
                .isEqualTo(200);
        assertThat(publisher.events())
                .extracting(event -> event.requestId().value())
                .containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void a_post_without_body_type_or_length_is_read_by_its_query() throws IOException {
        var request = "POST /callback?id=1&code=x HTTP/1.1\r\nHost: test\r\n\r\n";
        assertThat(RawHttp.once(ingress.port(), request).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "03AGdBq2-_abc",
                "a+b c|d&e=f%g#h?i",
                "é😀",
                "{\"lot_number\":\"1\",\"pass_token\":\"a|b\"}",
                "line\r\nbreak\ttab\u0000nul"
            })
    void a_solution_arrives_byte_for_byte(String solution) throws IOException {
        var encoded = URLEncoder.encode(solution, StandardCharsets.UTF_8);
        ingress.get("/callback?id=1&code=" + encoded);
        ingress.post("/callback", FORM, "id=1&code=" + encoded);

        assertThat(publisher.events())
                .hasSize(2)
                .allSatisfy(event -> assertThat(solution(event)).isEqualTo(solution));
    }

    @Test
    void raw_pipes_and_raw_utf_8_are_themselves() throws IOException {
        var raw = new String("é|".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        ingress.get("/callback?id=1&code=a|b%7Cc");
        ingress.post("/callback", FORM, "id=1&code=" + raw);

        assertThat(publisher.events()).extracting(AnswerTableTest::solution).containsExactly("a|b|c", "é|");
    }

    @Test
    void sixty_four_kib_are_taken_by_get_and_by_post() throws IOException {
        var solution = "x".repeat(65_536);
        assertThat(ingress.get("/callback?id=1&code=" + solution).status()).isEqualTo(200);
        assertThat(ingress.post("/callback", FORM, "id=1&code=" + "%41".repeat(65_536))
                        .status())
                .isEqualTo(200);
        assertThat(ingress.get("/callback?id=1&code=" + solution + "x").status())
                .isEqualTo(400);
    }

    @Test
    void an_error_code_is_stored_as_a_failed_solve() throws IOException {
        assertThat(ingress.get("/callback?id=1&code=ERROR_CAPTCHA_UNSOLVABLE").status())
                .isEqualTo(200);
        assertThat(ingress.get("/callback?id=2&code=ERROR_BAD_DUPLICATES").status())
                .isEqualTo(200);
        assertThat(publisher.events()).extracting(Result::status).containsExactly(Status.FAILED, Status.ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?id=1", "?code=x", "?id=1&code=", "?id=&code=x"})
    void without_id_or_code_it_is_400_in_fixed_words(String query) throws IOException {
        var answer = ingress.get("/callback" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("Missing id or code");
        assertThat(publisher.events()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?id=abc&code=x", "?id=1&code=%zz", "?id=1&code=%ff", "?id=1&id=2&code=x", "?id=1&code=x&code=x"
            })
    void what_is_wrong_is_said_with_400(String query) throws IOException {
        var answer = ingress.get("/callback" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isNotEmpty().isNotEqualTo("Missing id or code");
        assertThat(publisher.events()).isEmpty();
    }

    @Test
    void a_body_that_is_no_json_is_400() throws IOException {
        assertThat(ingress.post("/callback", "application/json", "{").status()).isEqualTo(400);
    }

    @Test
    void other_methods_are_405_with_allow() throws IOException {
        for (var method : new String[] {"PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "BREW"}) {
            var answer = RawHttp.once(ingress.port(), method + " /callback?id=1&code=x HTTP/1.1\r\nHost: t\r\n\r\n");
            assertThat(answer.status()).as(method).isEqualTo(405);
            assertThat(answer.headers()).containsEntry("allow", "GET, POST");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/callback/a/b",
                "/Callback",
                "/callbacks",
                "/x/../callback?id=1&code=x",
                "//callback?id=1&code=x",
                "/callback/../../etc/passwd"
            })
    void other_paths_are_404(String path) throws IOException {
        assertThat(ingress.get(path).status()).isEqualTo(404);
        assertThat(publisher.events()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "multipart/form-data; boundary=x",
                "application/x-www-form-urlencoded; charset=utf-16",
                ""
            })
    void other_media_types_are_415(String type) throws IOException {
        assertThat(ingress.post("/callback", type, "id=1&code=x").status()).isEqualTo(415);
    }

    @Test
    void a_body_that_is_too_large_is_413_whether_announced_or_not() throws IOException {
        assertThat(ingress.post("/callback", FORM, "id=1&code=" + "x".repeat(300_000))
                        .status())
                .isEqualTo(413);
        var chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
        var chunked = "POST /callback HTTP/1.1\r\nHost: t\r\nContent-Type: " + FORM
                + "\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(9) + "0\r\n\r\n";
        assertThat(RawHttp.once(ingress.port(), chunked).status()).isEqualTo(413);
        assertThat(publisher.events()).isEmpty();
    }

    @Test
    void a_request_line_over_80_kib_is_414_and_too_many_headers_are_431() throws IOException {
        assertThat(ingress.get("/callback?id=1&code=" + "x".repeat(82_000)).status())
                .isEqualTo(414);
        var headers = "GET /callback?id=1&code=x HTTP/1.1\r\nHost: t\r\nX: " + "x".repeat(20_000) + "\r\n\r\n";
        assertThat(RawHttp.once(ingress.port(), headers).status()).isEqualTo(431);
    }

    @Test
    void the_verification_text_is_served() throws IOException {
        var answer = ingress.get("/2captcha.txt");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("verify-me");
    }

    @Test
    void a_closed_ingress_wants_a_good_ticket() throws IOException {
        try (var closed = new TestIngress(publisher, false)) {
            var now = Instant.now();
            var good = TestIngress.TICKETS.mint(new Ticket.ForRequest(
                    new RequestId("r-1"), 1, new Method("turnstile"), null, now, now.plusSeconds(60)));
            var old = TestIngress.TICKETS.mint(new Ticket.ForRequest(
                    new RequestId("r-1"), 1, new Method("turnstile"), null, now, now.minusSeconds(60)));

            assertThat(closed.get("/callback?id=1&code=x").status()).isEqualTo(403);
            assertThat(closed.get("/callback/?id=1&code=x").status()).isEqualTo(403);
            assertThat(closed.get("/callback/" + old + "?id=1&code=x").status()).isEqualTo(403);
            assertThat(closed.get("/callback/" + good.replace("r-1", "r-2") + "?id=1&code=x")
                            .status())
                    .isEqualTo(403);
            assertThat(closed.get("/callback/" + good.substring(1) + "?id=1&code=x")
                            .status())
                    .isEqualTo(403);
            assertThat(closed.get("/callback/" + good + "=?id=1&code=x").status())
                    .isEqualTo(403);
            assertThat(publisher.events()).isEmpty();

            assertThat(closed.get("/callback/" + good + "?id=1&code=x").status())
                    .isEqualTo(200);
            assertThat(closed.get("/pingback/" + good.replace("~", "%7E") + "?id=1&code=x")
                            .status())
                    .isEqualTo(200);
            assertThat(publisher.events())
                    .hasSize(2)
                    .allSatisfy(event -> assertThat(event.requestId()).hasToString("r-1"));
        }
    }

    @Test
    void duplicates_conflicts_and_strangers_are_all_stored_as_they_come() throws IOException {
        for (var code : new String[] {"one", "one", "two"}) {
            assertThat(ingress.get("/callback?id=7&code=" + code).status()).isEqualTo(200);
        }
        assertThat(publisher.events()).extracting(AnswerTableTest::solution).containsExactly("one", "one", "two");
    }

    private static String solution(Result event) {
        return ((Result.Solved) event).solution().text();
    }
}
