package io.captchapipeline.submitter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.kit.settings.Secret;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SubmitFormTest {
    private static final Secret KEY = new Secret("0123456789abcdef0123456789abcdef");
    private static final String PINGBACK = "https://example.com/callback/v1~r-1~1~t~~1~2~sig";

    @Test
    void a_token_request_is_a_form_with_everything_in_it() {
        var form = form("userrecaptcha", Map.of("googlekey", "6Le+/=", "pageurl", "https://example.com/?a=b&c=ü"));

        assertThat(form.contentType()).isEqualTo("application/x-www-form-urlencoded");
        assertThat(decoded(form))
                .isEqualTo(Map.of(
                        "method", "userrecaptcha",
                        "googlekey", "6Le+/=",
                        "pageurl", "https://example.com/?a=b&c=ü",
                        "key", KEY.value(),
                        "json", "1",
                        "pingback", PINGBACK));
    }

    @Test
    void without_a_callback_url_no_pingback_is_asked_for() {
        var form = SubmitForm.of(Requests.admitted("turnstile", Map.of("sitekey", "k")), KEY, Optional.empty());

        assertThat(decoded(form)).doesNotContainKey("pingback");
    }

    @Test
    void a_question_in_words_has_no_method() {
        assertThat(decoded(form("text", Map.of("textcaptcha", "2+2"))))
                .doesNotContainKey("method")
                .containsEntry("textcaptcha", "2+2");
    }

    @Test
    void a_file_is_posted_as_the_bytes_that_it_is() {
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0, (byte) 0xff};
        var base64 = Base64.getEncoder().encodeToString(picture);

        for (var file : new String[] {base64, "data:image/png;base64," + base64}) {
            var form = form("post", Map.of("file", file, "numeric", "1"));
            var body = new String(form.body(), ISO_8859_1);

            assertThat(form.contentType()).startsWith("multipart/form-data; boundary=");
            assertThat(body)
                    .contains("name=\"file\"; filename=\"captcha\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                            + new String(picture, ISO_8859_1) + "\r\n")
                    .contains("name=\"numeric\"\r\n\r\n1\r\n")
                    .contains("name=\"key\"\r\n\r\n" + KEY.value() + "\r\n")
                    .endsWith("--" + boundary(form) + "--\r\n");
        }
    }

    @Test
    void a_picture_in_base64_loses_its_data_uri() {
        assertThat(decoded(form("base64", Map.of("body", "data:image/png;base64,aGk="))))
                .containsEntry("body", "aGk=");
    }

    @Test
    void nine_pictures_are_parts_and_keep_their_data_uris() {
        var form = form("bls", Map.of("instructions", "664", "image_base64_1", "data:image/gif;base64,aGk="));

        assertThat(new String(form.body(), UTF_8))
                .contains("name=\"image_base64_1\"\r\n\r\ndata:image/gif;base64,aGk=\r\n");
    }

    @Test
    void what_is_large_is_not_percent_encoded() {
        var form = form("base64", Map.of("body", "+/".repeat(10_000)));

        assertThat(form.contentType()).startsWith("multipart/form-data");
        assertThat(form.body()).hasSizeLessThan(22_000);
    }

    @Test
    void the_name_of_a_param_cannot_break_out_of_its_part() {
        var form = form("bls", Map.of("x\"\r\n\r\nkey: \"", "v"));

        assertThat(new String(form.body(), UTF_8)).contains("name=\"x%22%0D%0A%0D%0Akey: %22\"");
    }

    @Test
    void it_prints_no_secret() {
        assertThat(form("turnstile", Map.of("sitekey", "k")).toString()).doesNotContain(KEY.value(), "~sig");
    }

    private static SubmitForm form(String method, Map<String, String> params) {
        return SubmitForm.of(Requests.admitted(method, params), KEY, Optional.of(PINGBACK));
    }

    private static String boundary(SubmitForm form) {
        return form.contentType().replaceFirst(".*boundary=", "");
    }

    private static Map<String, String> decoded(SubmitForm form) {
        var fields = new TreeMap<String, String>();
        for (var pair : new String(form.body(), UTF_8).split("&")) {
            var parts = pair.split("=", 2);
            fields.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
        }
        return fields;
    }
}
