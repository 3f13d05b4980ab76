package io.captchapipeline.sandbox;

import static io.captchapipeline.sandbox.Pictures.base64;
import static io.captchapipeline.sandbox.Pictures.png;
import static io.captchapipeline.sandbox.TestSandbox.AT_ONCE;
import static io.captchapipeline.sandbox.TestSandbox.KEY;
import static io.captchapipeline.sandbox.TestSandbox.form;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a client of the protocol sees.
class WireTest {
    private static final String RECAPTCHA = "key=" + KEY + "&"
            + form("method", "userrecaptcha", "googlekey", "6Le-x", "pageurl", "https://example.com");

    @TempDir
    Path dir;

    private TestSandbox solver;

    @BeforeEach
    void start() {
        solver = new TestSandbox(dir, AT_ONCE);
    }

    @AfterEach
    void stop() {
        solver.close();
    }

    @Test
    void a_submission_is_answered_plain_or_in_json() throws Exception {
        assertThat(solver.recaptcha().body()).matches("OK\\|[0-9]{11}");
        assertThat(solver.recaptcha("json", 1).body()).matches("\\{\"status\":1,\"request\":\"[0-9]{11}\"}");
    }

    @Test
    void get_form_and_multipart_are_the_same() throws Exception {
        assertThat(solver.get("/in.php?" + RECAPTCHA).body()).startsWith("OK|");
        assertThat(solver.send("POST", "/in.php", "application/x-www-form-urlencoded; charset=UTF-8", RECAPTCHA)
                        .body())
                .startsWith("OK|");
        assertThat(multipart("key", KEY, "method", "userrecaptcha", "googlekey", "6Le", "pageurl", "https://h/"))
                .startsWith("OK|");
    }

    @Test
    void a_picture_of_a_megabyte_comes_through_in_base64_and_as_a_file() throws Exception {
        var picture = png(1024 * 1024);

        assertThat(solver.in("method", "base64", "body", base64(picture)).body())
                .startsWith("OK|");
        assertThat(multipartFile("captcha.PNG", picture)).startsWith("OK|");
    }

    @Test
    void a_picture_that_is_too_large_or_of_another_kind_is_refused() throws Exception {
        assertThat(solver.in("method", "base64", "body", base64(png(1024 * 1024 + 1)))
                        .body())
                .isEqualTo("ERROR_TOO_BIG_CAPTCHA_FILESIZE");
        assertThat(solver.in("method", "base64", "body", base64(png(6 * 1024 * 1024)))
                        .body())
                .isEqualTo("ERROR_TOO_BIG_CAPTCHA_FILESIZE");
        assertThat(multipartFile("captcha.png", png(20 * 1024 * 1024))).isEqualTo("ERROR_TOO_BIG_CAPTCHA_FILESIZE");
        assertThat(multipartFile("captcha.png", png(6 * 1024 * 1024))).isEqualTo("ERROR_TOO_BIG_CAPTCHA_FILESIZE");
        assertThat(multipartFile("captcha.webp", png(200))).isEqualTo("ERROR_WRONG_FILE_EXTENSION");
        assertThat(multipartFile("captcha.png", new byte[200])).isEqualTo("ERROR_IMAGE_TYPE_NOT_SUPPORTED");
        assertThat(multipartFile("captcha.png", png(50))).isEqualTo("ERROR_ZERO_CAPTCHA_FILESIZE");
    }

    @Test
    void a_wrong_key_is_told_plain_and_in_json() throws Exception {
        assertThat(solver.get("/in.php?key=short&method=x").body()).isEqualTo("ERROR_WRONG_USER_KEY");
        assertThat(solver.get("/res.php?action=getbalance").body()).isEqualTo("ERROR_WRONG_USER_KEY");
        assertThat(solver.get("/in.php?key=short&method=x&json=1").body())
                .isEqualTo("{\"status\":0,\"request\":\"ERROR_WRONG_USER_KEY\"}");
    }

    @Test
    void what_cannot_be_decoded_is_refused() throws Exception {
        assertThat(solver.send("POST", "/in.php?key=" + KEY, "application/x-www-form-urlencoded", "method=%zz")
                        .body())
                .isEqualTo("ERROR_BAD_PARAMETERS");
        assertThat(solver.send("POST", "/in.php?key=" + KEY, "application/json", "{\"method\":\"x\"}")
                        .body())
                .isEqualTo("ERROR_BAD_PARAMETERS");
    }

    @Test
    void a_task_is_not_ready_before_its_time() throws Exception {
        solver.sandbox.behaviour(Behaviour.DEFAULT.with("solve_ms", List.of(600_000, 600_000)));
        var id = solver.task();

        assertThat(solver.res("action", "get", "id", id)).isEqualTo("CAPCHA_NOT_READY");
        assertThat(solver.json("action", "get", "id", id, "json", 1).toString())
                .isEqualTo("{\"status\":0,\"request\":\"CAPCHA_NOT_READY\"}");
        assertThat(solver.sandbox.tasks().solved()).isZero();
    }

    @Test
    void a_solved_task_tells_its_answer_and_its_price() throws Exception {
        var id = solver.task();
        var answer = awaitAnswer(id);

        assertThat(answer).startsWith("OK|03A").hasSize(999);
        assertThat(solver.json("action", "get", "id", id, "json", 1).toString())
                .isEqualTo("{\"status\":1,\"request\":\"" + answer.substring(3) + "\"}");
        assertThat(solver.res("action", "get2", "id", id)).isEqualTo(answer + "|0.00299");
        assertThat(solver.json("action", "get2", "id", id, "json", 1)
                        .get("price")
                        .textValue())
                .isEqualTo("0.00299");
        assertThat(solver.send(
                                "POST",
                                "/res.php",
                                "application/x-www-form-urlencoded",
                                "key=" + KEY + "&action=get&id=" + id)
                        .body())
                .isEqualTo(answer);
    }

    @Test
    void structured_answers_are_json_in_the_request_field() throws Exception {
        var geetest = solver.in("method", "geetest", "gt", 1, "challenge", 2, "pageurl", "https://h/");
        var turnstile = solver.in("method", "turnstile", "sitekey", 1, "pageurl", "https://h/");
        var funcaptcha = solver.in("method", "funcaptcha", "publickey", 1, "pageurl", "https://h/");
        var ids = List.of(id(geetest.body()), id(turnstile.body()), id(funcaptcha.body()));
        for (var id : ids) {
            awaitAnswer(id);
        }

        assertThat(solver.json("action", "get", "id", ids.get(0), "json", 1)
                        .at("/request/seccode")
                        .textValue())
                .endsWith("|jordan");
        assertThat(solver.res("action", "get", "id", ids.get(0))).startsWith("OK|{\"challenge\":");
        assertThat(solver.json("action", "get", "id", ids.get(1), "json", 1)
                        .get("useragent")
                        .textValue())
                .startsWith("Mozilla/");
        assertThat(solver.res("action", "get", "id", ids.get(2))).contains("|r=ap-southeast-1|");
    }

    @Test
    void several_ids_are_answered_in_their_order() throws Exception {
        var first = id(solver.in("textcaptcha", "2+2").body());
        var second = id(solver.in("textcaptcha", "2+3").body());
        awaitAnswer(first);
        awaitAnswer(second);

        var answers = solver.res("action", "get", "ids", second + "," + first + ",999,x")
                .substring(3)
                .split("\\|");
        assertThat(answers)
                .containsExactly(
                        awaitAnswer(second).substring(3),
                        awaitAnswer(first).substring(3),
                        "ERROR_WRONG_CAPTCHA_ID",
                        "ERROR_WRONG_ID_FORMAT");
    }

    @Test
    void ids_that_are_none_are_told_apart() throws Exception {
        assertThat(solver.res("action", "get", "id", "77000000001x")).isEqualTo("ERROR_WRONG_ID_FORMAT");
        assertThat(solver.res("action", "get")).isEqualTo("ERROR_WRONG_ID_FORMAT");
        assertThat(solver.res("action", "get", "id", "77999999999")).isEqualTo("ERROR_WRONG_CAPTCHA_ID");
        assertThat(solver.json("action", "get", "id", "77999999999", "json", 1)
                        .get("error_text")
                        .textValue())
                .endsWith("15 minutes ago.");
    }

    @Test
    void a_failed_task_tells_its_error_and_costs_nothing() throws Exception {
        solver.sandbox.behaviour(AT_ONCE.with("fail_rate", 1).with("error_code", "ERROR_BAD_DUPLICATES"));
        var id = solver.task();

        assertThat(awaitAnswer(id)).isEqualTo("ERROR_BAD_DUPLICATES");
        assertThat(solver.res("action", "getbalance")).isEqualTo("10.00000");
        assertThat(solver.sandbox.tasks().failed()).isEqualTo(1);
    }

    @Test
    void the_balance_goes_down_until_nothing_more_is_taken() throws Exception {
        solver.sandbox.behaviour(AT_ONCE.with("balance", 0.007));
        solver.task();
        solver.task();

        assertThat(solver.res("action", "getbalance")).isEqualTo("0.00102");
        assertThat(solver.json("action", "getbalance", "json", 1).get("request").textValue())
                .isEqualTo("0.00102");
        assertThat(solver.recaptcha().body()).isEqualTo("ERROR_ZERO_BALANCE");
        assertThat(solver.recaptcha("json", 1).body()).isEqualTo("{\"status\":0,\"request\":\"ERROR_ZERO_BALANCE\"}");
        assertThat(solver.in("textcaptcha", "cheaper").body()).startsWith("OK|");
        assertThat(solver.sandbox.tasks().accepted()).isEqualTo(3);
    }

    @Test
    void a_report_is_recorded_once() throws Exception {
        var id = solver.task();
        awaitAnswer(id);

        assertThat(solver.res("action", "reportbad", "id", id)).isEqualTo("OK_REPORT_RECORDED");
        assertThat(solver.res("action", "reportgood", "id", id)).isEqualTo("ERROR_DUPLICATE_REPORT");
        assertThat(solver.res("action", "reportbad", "id", "12")).isEqualTo("ERROR_WRONG_CAPTCHA_ID");
        assertThat(solver.res("action", "reportbad", "id", "x")).isEqualTo("ERROR_WRONG_ID_FORMAT");
        assertThat(solver.json("action", "reportgood", "id", awaited(solver.task()), "json", 1)
                        .toString())
                .isEqualTo("{\"status\":1,\"request\":\"OK_REPORT_RECORDED\"}");
    }

    @Test
    void nothing_can_be_reported_of_a_task_that_is_not_solved() throws Exception {
        solver.sandbox.behaviour(Behaviour.DEFAULT.with("solve_ms", List.of(600_000, 600_000)));

        assertThat(solver.res("action", "reportbad", "id", solver.task())).isEqualTo("ERROR_REPORT_NOT_RECORDED");
    }

    @Test
    void pingbacks_are_registered_listed_and_deleted() throws Exception {
        assertThat(solver.json("action", "add_pingback", "addr", "a.com", "json", 1)
                        .toString())
                .isEqualTo("{\"status\":1,\"request\":\"OK_PINGBACK\"}");
        solver.res("action", "add_pingback", "addr", "b.com");

        assertThat(solver.res("action", "get_pingback")).isEqualTo("OK|a.com|b.com");
        assertThat(solver.json("action", "get_pingback", "json", 1)
                        .get("request")
                        .size())
                .isEqualTo(2);
        assertThat(solver.res("action", "del_pingback", "addr", "a.com")).isEqualTo("OK_PINGBACK");
        assertThat(solver.res("action", "del_pingback", "addr", "a.com")).isEqualTo("ERROR_BAD_PARAMETERS");
        assertThat(solver.res("action", "get_pingback")).isEqualTo("OK|b.com");
        assertThat(solver.res("action", "del_pingback", "addr", "all")).isEqualTo("OK_PINGBACK");
        assertThat(solver.res("action", "add_pingback")).isEqualTo("ERROR_BAD_PARAMETERS");
    }

    @Test
    void an_action_has_to_be_one() throws Exception {
        assertThat(solver.res("id", 1)).isEqualTo("ERROR_EMPTY_ACTION");
        assertThat(solver.res("action", "dance")).isEqualTo("ERROR_BAD_PARAMETERS");
    }

    @Test
    void browsers_are_let_in_on_request() throws Exception {
        assertThat(solver.recaptcha("header_acao", 1).headers().firstValue("Access-Control-Allow-Origin"))
                .contains("*");
    }

    @Test
    void other_paths_and_methods_are_refused() throws Exception {
        assertThat(solver.get("/").statusCode()).isEqualTo(404);
        var put = solver.send("PUT", "/in.php", "text/plain", "");
        assertThat(put.statusCode()).isEqualTo(405);
        assertThat(put.headers().firstValue("Allow")).contains("GET, POST");
    }

    private String awaited(String id) throws IOException, InterruptedException {
        awaitAnswer(id);
        return id;
    }

    private String awaitAnswer(String id) {
        return await().until(() -> solver.res("action", "get", "id", id), answer -> !answer.equals("CAPCHA_NOT_READY"));
    }

    private static String id(String answer) {
        assertThat(answer).startsWith("OK|");
        return answer.substring(3);
    }

    private String multipart(String... fields) throws IOException, InterruptedException {
        var body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            body.append("--edge\r\nContent-Disposition: form-data; name=\"")
                    .append(fields[i])
                    .append("\"\r\n\r\n")
                    .append(fields[i + 1])
                    .append("\r\n");
        }
        return solver.send("POST", "/in.php", "multipart/form-data; boundary=edge", body + "--edge--\r\n")
                .body();
    }

    private String multipartFile(String name, byte[] picture) throws IOException, InterruptedException {
        var body = new ByteArrayOutputStream();
        body.writeBytes(("--edge\r\nContent-Disposition: form-data; name=\"method\"\r\n\r\npost\r\n"
                        + "--edge\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n" + KEY + "\r\n"
                        + "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(ISO_8859_1));
        body.writeBytes(picture);
        body.writeBytes("\r\n--edge--\r\n".getBytes(ISO_8859_1));
        return solver.send("POST", "/in.php", "multipart/form-data; boundary=edge", body.toByteArray())
                .body();
    }
}
