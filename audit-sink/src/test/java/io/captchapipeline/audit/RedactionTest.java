package io.captchapipeline.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.captchapipeline.kit.settings.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final AuditKeys KEYS = AuditKeys.from(new Secret("a key of more than 16 letters"));

    private final Redaction redaction = new Redaction(KEYS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "solution",
                "solution_extra",
                "code",
                "key",
                "API_KEY",
                "api-key",
                "clientKey",
                "token",
                "g-recaptcha-response",
                "pass_token",
                "proxy",
                "proxy_login",
                "proxyPassword",
                "password",
                "cookies",
                "json_cookies",
                "Set-Cookie",
                "body",
                "file",
                "file_base64",
                "image_base64_3",
                "imginstructions",
                "pingback",
                "ticket",
                "authorization",
                "sessionid",
                "client_secret",
                "validate",
                "seccode",
                "geetest_validate",
                "cf_clearance",
                "captcha_output"
            })
    void what_is_secret_by_its_name_is_a_digest_and_a_length(String name) throws Exception {
        var clean = redacted("{\"" + name + "\":\"abc\"}").get(name);

        assertThat(clean.path("digest").asText()).isEqualTo(KEYS.secret("abc".getBytes(UTF_8)));
        assertThat(clean.path("length").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "request_id, 0b3a91c8d7e64f2fb1a0c2d3e4f50617",
        "request_id, captcha-submit:3:17",
        "task_id, 2122988149",
        "googlekey, 6Le-wvkSAAAAAPBMRTvw0Q4Muexq9bi0DJwx_mJ-",
        "sitekey, 0x4AAAAAAADnPIDROrmt1Wwj",
        "gt, f2ae6cadcf7886856696502e1d55e00c",
        "pageurl, https://example.com/login?next=/home&page=2#top",
        "ticket, request",
        "status, solved",
        "error, ERROR_CAPTCHA_UNSOLVABLE",
        "error_detail, no worker is free; ask again in 5 s",
        "received_at, 2026-11-01T12:00:00.123456Z",
        "proxytype, HTTPS",
        "account, main-account-2",
        "job, 123e4567-e89b-12d3-a456-426614174000",
        "useragent, Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML; like Gecko) Chrome/120.0.0.0",
        "summary, Only 82% of the tasks of the last hour were called back",
        "alert, OutcomesStalled",
        "mail, somebody@example.com"
    })
    void ids_urls_words_and_times_stay_readable(String name, String value) throws Exception {
        var object = JSON.createObjectNode().put(name, value);

        assertThat(redaction.redact(object)).isEqualTo(object);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "03AGdBq2-wXyZ_kLmNoPqRsTuVwXyZ0123456789abcdef",
                "0123456789abcdef0123456789abcdef",
                "v1~r-1~1~userrecaptcha~login~1800000000~1800086400~GoeXq_T4p2ed0ZCf5yWoHg",
                "https://us.example/callback/v1~r-1~1~userrecaptcha~login~1800000000~1800086400~GoeXq_T4p2ed0ZCf5yWoHg",
                "the token is 03AGdBq2wXyZkLmNoPqRsTuVwXyZ0123456789abcdef, they said",
                "data:image/png;base64,iVBORw0KGgo=",
                "scraper:hunter2@203.0.113.7:3128",
                "http://scraper:hunter2@203.0.113.7:3128/",
                "https://solver.example/res.php?key=hunter2&action=get",
                "https://site.example/?a=1&code=hunter2#b",
                "https://site.example/#token=hunter2",
                "https://site.example/?next=https%3A%2F%2Fx.example%2F%3Fkey%3Dhunter2",
                "cf_clearance=hunter2;user_agent=none",
                "abcdefghijklmnopqrstuvwxyzabcdef",
                "123456789012345678901234567890123"
            })
    void what_looks_like_a_secret_is_replaced_whatever_it_is_called(String value) throws Exception {
        var clean = redaction.redact(JSON.createObjectNode().put("note", value)).toString();

        assertThat(clean).contains("hmac-sha256:").doesNotContain("hunter2");
        assertThat(clean).doesNotContain(value);
        assertThat(redaction.text(value)).doesNotContain("03AGdBq2", "hunter2", "GoeXq_T4p2ed0ZCf5yWoHg", "iVBOR");
    }

    @Test
    void of_a_url_only_what_is_secret_is_replaced() {
        var clean = redaction.text("see https://u:p@site.example/a/b?page=2&token=hunter2#part please");

        assertThat(clean)
                .startsWith("see https://[hmac-sha256:")
                .contains("@site.example/a/b?page=2&token=[hmac-sha256:")
                .endsWith(";length=7]#part please");
    }

    @Test
    void equal_secrets_have_equal_digests_and_another_key_gives_others() throws Exception {
        var one = redacted("{\"solution\":\"abc\"}").path("solution");
        var other = redacted("{\"code\":\"abc\"}").path("code");
        var elsewhere = new Redaction(AuditKeys.from(new Secret("another key of 16 letters")))
                .redact(JSON.readTree("{\"code\":\"abc\"}"))
                .path("code");

        assertThat(one).isEqualTo(other);
        assertThat(one).isNotEqualTo(elsewhere);
    }

    @Test
    void a_solution_that_is_json_is_replaced_as_a_whole() throws Exception {
        var clean = redacted("{\"solution\":{\"challenge\":\"c\",\"numbers\":[1,4,7]},\"callback\":true}");

        assertThat(clean.path("solution").properties())
                .extracting(java.util.Map.Entry::getKey)
                .containsExactly("digest", "length");
        assertThat(clean.path("callback").booleanValue()).isTrue();
    }

    @Test
    void secrets_are_found_at_any_depth_and_in_names() throws Exception {
        var clean = redacted("{\"params\":{\"a\":[{\"proxy\":\"hunter2\"}]},\"0123456789abcdef0123456789abcdef\":1}")
                .toString();

        assertThat(clean).doesNotContain("hunter2", "0123456789abcdef0123456789abcdef");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"password\":\"hunter2\"}",
                " [1, {\"a\": {\"key\": \"hunter2\"}}]",
                "{\"password\":\"hunter2\",\"password\":null}",
                "{\"a\":1} {\"password\":\"hunter2\"}",
                "{\"a\":\"{\\\"password\\\":\\\"hunter2\\\"}\"}",
                "{\"cf_clearance\":\"hunter2\"}"
            })
    void names_within_json_within_a_text_are_names(String text) {
        var clean = redaction.redact(
                JSON.createObjectNode().set("metadata", JSON.createObjectNode().put("ctx", text)));

        assertThat(clean.toString()).doesNotContain("hunter2");
        assertThat(redaction.text(text)).doesNotContain("hunter2");
    }

    @Test
    void json_within_a_text_stays_readable_but_for_its_secrets() throws Exception {
        var text = "{\"page\":1.50,\"ctx\":[true,null],\"password\":\"hunter2\"}";

        var clean = JSON.readTree(redaction.text(text));

        assertThat(redaction.text(text)).startsWith("{\"page\":1.50,\"ctx\":[true,null],");
        assertThat(clean.path("password").path("length").asInt()).isEqualTo(7);
        assertThat(redaction.text("[urgent] it failed")).isEqualTo("[urgent] it failed");
    }

    @Test
    void what_is_long_is_never_kept() {
        assertThat(redaction.text("word ".repeat(1000)))
                .startsWith("[hmac-sha256:")
                .endsWith(";length=5000]");
    }

    @Test
    void a_name_that_keeps_ids_keeps_nothing_else() {
        var clean = redaction.redact("task_id", TextNode.valueOf("v1~r-1~1~~~1~2~hunter2hunter2"));

        assertThat(clean.toString()).doesNotContain("hunter2");
    }

    private JsonNode redacted(String json) throws Exception {
        return redaction.redact(JSON.readTree(json));
    }
}
