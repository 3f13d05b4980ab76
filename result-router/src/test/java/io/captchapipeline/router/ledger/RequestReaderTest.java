package io.captchapipeline.router.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.router.ledger.RequestEvent.Requested;
import io.captchapipeline.router.ledger.RequestEvent.Unaskable;
import io.captchapipeline.router.ledger.RequestReader.Identity;
import io.captchapipeline.schemas.event.RequestId;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
    private static final RequestId DERIVED = new RequestId("captcha-submit:3:17");
    private static final String CONTENT = "\"method\":\"turnstile\",\"params\":{\"sitekey\":\"0x4\",\"pageurl\":\"u\"}";

    @Test
    void a_request_is_whose_id_it_has() {
        assertThat(identify("{\"request_id\":\"r-1\"," + CONTENT + "}")).isEqualTo(known("r-1"));
    }

    @Test
    void an_id_may_be_written_as_a_number() {
        assertThat(identify("{\"request_id\":12345678901234567890," + CONTENT + "}"))
                .isEqualTo(known("12345678901234567890"));
        assertThat(read("{\"request_id\":7," + CONTENT + "}", new RequestId("7")))
                .isInstanceOf(Requested.class);
    }

    @Test
    void a_request_without_an_id_is_named_after_where_it_lies() {
        assertThat(identify("{" + CONTENT + "}")).isEqualTo(new Identity.Known(DERIVED));
        assertThat(identify("{\"request_id\":null}")).isEqualTo(new Identity.Known(DERIVED));
        assertThat(read("{" + CONTENT + "}", DERIVED)).isInstanceOf(Requested.class);
    }

    @Test
    void only_an_id_of_the_request_itself_counts() {
        assertThat(identify("{\"params\":{\"request_id\":\"r-1\"},\"x\":[{\"request_id\":\"r-1\"}]}"))
                .isEqualTo(new Identity.Known(DERIVED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a b\"", "\"\"", "1.5", "true", "{\"a\":1}", "[\"r-1\"]", "\"é\""})
    void a_request_with_an_invalid_id_is_told_so_under_a_derived_one(String id) {
        var json = "{\"request_id\":" + id + "," + CONTENT + "}";

        assertThat(identify(json)).isEqualTo(new Identity.Known(DERIVED));
        assertThat(unaskable(json).reason()).startsWith("request_id ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "null",
                "7",
                "\"text\"",
                "[]",
                "[{}]",
                "{",
                "{\"a\":1",
                "{\"a\":tru}",
                "{} {}",
                "{}x",
                "not json",
                "{\"a\":\"\\x\"}",
                "{'a':1}",
                "{\"a\":1,}"
            })
    void what_is_no_json_object_is_poison(String text) {
        assertThat(identify(text)).isInstanceOf(Identity.Poison.class);
    }

    @Test
    void a_record_without_a_value_is_poison() {
        assertThat(RequestReader.identify(null, "captcha-submit", 3, 17))
                .isEqualTo(new Identity.Poison("the record has no value"));
    }

    @Test
    void broken_text_within_an_object_is_poison() {
        var bytes = "{\"a\":\"?\"}".getBytes(StandardCharsets.US_ASCII);
        bytes[6] = (byte) 0xff;

        assertThat(RequestReader.identify(bytes, "captcha-submit", 3, 17)).isInstanceOf(Identity.Poison.class);
    }

    @Test
    void an_object_nested_too_deep_is_poison() {
        assertThat(identify("{\"a\":".repeat(1500) + "1" + "}".repeat(1500))).isInstanceOf(Identity.Poison.class);
    }

    @Test
    void a_reason_repeats_nothing_of_the_record() {
        var poison = (Identity.Poison) identify("{\"params\":{\"proxy\":\"user:secret@host\"} secret");

        assertThat(poison.reason()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | method is missing",
                "{\"method\":\"a b\",\"params\":{}} | method does not match [A-Za-z0-9._-]{1,64}",
                "{\"method\":\"m\"} | params is missing",
                "{\"method\":\"m\",\"params\":7} | params is not of the expected form",
                "{\"method\":\"m\",\"params\":{\"a\":{}}} | params.a is not of the expected form",
                "{\"method\":\"m\",\"params\":{},\"route\":\"Login\"} | route does not match [a-z0-9-]{1,40}",
                "{\"method\":\"m\",\"params\":{},\"max_attempts\":6} | max_attempts is not within 1 and 5",
                "{\"method\":\"m\",\"params\":{},\"timeout_seconds\":0} | timeout_seconds is not within 1 and 2147483647",
                "{\"method\":\"m\",\"params\":{\"key\":\"s\"}} | params may not have key",
                "{\"method\":\"m\",\"params\":{\"soft_id\":\"1\",\"json\":1,\"pingback\":\"u\",\"a\":\"b\"}} | params may not have pingback, json, soft_id"
            })
    void an_object_that_is_no_valid_request_says_what_is_wrong(String json, String reason) {
        assertThat(unaskable(json).reason()).isEqualTo(reason);
    }

    @Test
    void metadata_over_a_kilobyte_is_invalid() {
        var json = "{%s,\"metadata\":{\"a\":\"%s\"}}".formatted(CONTENT, "x".repeat(1024));

        assertThat(unaskable(json).reason()).isEqualTo("metadata is over 1024 bytes");
        assertThat(unaskable(json).metadata()).isEmpty();
    }

    @Test
    void what_of_an_invalid_request_is_valid_is_said_again() {
        var unaskable = unaskable("{\"method\":\"m\",\"route\":\"login\",\"metadata\":{\"job\":\"42\"}}");

        assertThat(unaskable.method()).hasToString("m");
        assertThat(unaskable.route()).hasToString("login");
        assertThat(unaskable.metadata()).containsEntry("job", "42");
        assertThat(unaskable("{\"method\":[1],\"route\":\"Login\",\"metadata\":7}"))
                .satisfies(
                        odd -> assertThat(odd.method()).isNull(),
                        odd -> assertThat(odd.route()).isNull(),
                        odd -> assertThat(odd.metadata()).isEmpty());
    }

    @Test
    void values_of_reserved_params_are_kept_nowhere() {
        var event = unaskable("{\"method\":\"m\",\"params\":{\"key\":\"0123456789abcdef\"}}");
        var decision = new Ledger(Events.RULES).decide(null, event, Events.T0);

        assertThat(decision.toString() + event).doesNotContain("0123456789abcdef");
    }

    @Test
    void the_same_content_is_recognised_whatever_its_order_its_blanks_and_its_id() {
        var one = read(
                "{\"method\":\"m\",\"params\":{\"a\":\"1\",\"b\":\"2\"},\"request_id\":\"r-1\"}", new RequestId("r-1"));
        var two = read("{ \"params\": {\"b\":2, \"a\":1}, \"more\": true, \"method\":\"m\" }", DERIVED);

        assertThat(content(one)).isEqualTo(content(two));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"method\":\"n\",\"params\":{\"a\":\"1\"}}",
                "{\"method\":\"m\",\"params\":{\"a\":\"2\"}}",
                "{\"method\":\"m\",\"params\":{\"a\":\"1\",\"b\":\"\"}}",
                "{\"method\":\"m\",\"params\":{\"a\":\"1\"},\"route\":\"r\"}",
                "{\"method\":\"m\",\"params\":{\"a\":\"1\"},\"timeout_seconds\":9}",
                "{\"method\":\"m\",\"params\":{\"a\":\"1\"},\"max_attempts\":1}",
                "{\"method\":\"m\",\"params\":{\"a\":\"1\"},\"metadata\":{\"a\":\"1\"}}",
                "{\"method\":\"m\",\"params\":{\"a\":\"1\"},\"max_attempts\":9}"
            })
    void other_content_is_other_content(String json) {
        assertThat(content(read(json, DERIVED)))
                .isNotEqualTo(content(read("{\"method\":\"m\",\"params\":{\"a\":\"1\"}}", DERIVED)));
    }

    @Test
    void a_request_of_three_mebibytes_is_read() {
        var json = "{\"method\":\"base64\",\"params\":{\"body\":\"%s\"}}".formatted("A".repeat(3 * 1024 * 1024 - 60));

        assertThat(identify(json)).isEqualTo(new Identity.Known(DERIVED));
        assertThat(read(json, DERIVED)).isInstanceOf(Requested.class);
    }

    private static Identity known(String id) {
        return new Identity.Known(new RequestId(id));
    }

    private static Identity identify(String json) {
        return RequestReader.identify(json.getBytes(StandardCharsets.UTF_8), "captcha-submit", 3, 17);
    }

    private static RequestEvent read(String json, RequestId requestId) {
        return RequestReader.read(json.getBytes(StandardCharsets.UTF_8), requestId, Events.T0);
    }

    private static Unaskable unaskable(String json) {
        assertThat(read(json, DERIVED)).isInstanceOf(Unaskable.class);
        return (Unaskable) read(json, DERIVED);
    }

    private static @Nullable Long content(RequestEvent event) {
        return switch (event) {
            case Requested valid -> valid.content();
            case Unaskable invalid -> invalid.content();
            default -> null;
        };
    }
}
