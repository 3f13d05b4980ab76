package io.captchapipeline.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.captchapipeline.kit.consume.RawRecord;
import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.schemas.topic.Topics;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReadingTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AuditKeys keys = AuditKeys.from(new Secret("a key of more than 16 letters"));
    private final RecordReading reading = new RecordReading(new TopicOrder(), new Redaction(keys));

    @Test
    void an_event_of_ours_becomes_a_row_that_says_who_and_what() throws Exception {
        var row = reading.row(Records.record(Topics.RESULTS, 7, Records.NOON, Records.solved("r-1")));

        assertThat(row.partition()).isEqualTo(Records.RESULTS);
        assertThat(row.offset()).isEqualTo(7);
        assertThat(row.at()).isEqualTo(Records.NOON);
        assertThat(row.type()).isEqualTo("io.captchapipeline.result.solved");
        assertThat(row.requestId()).isEqualTo("r-1");
        assertThat(row.status()).isEqualTo("solved");
        assertThat(row.route()).isEqualTo("login");
        assertThat(row.method()).isEqualTo("userrecaptcha");
        assertThat(row.attempt()).isEqualTo(1);
        assertThat(row.key()).isEqualTo("r-1");
        assertThat(JSON.readTree(row.payload()).path("solution").has("digest")).isTrue();
        assertThat(JSON.readTree(row.payload()).path("cost").asText()).isEqualTo("0.00299");
        assertThat(JSON.readTree(row.headers()).path("ce_type").asText()).isEqualTo(row.type());
    }

    @Test
    void a_request_without_an_id_is_named_by_where_it_lies() {
        var row = reading.row(Records.raw(Topics.SUBMIT, 17, "{\"method\":\"turnstile\",\"params\":{}}"));

        assertThat(row.requestId()).isEqualTo("captcha-submit:0:17");
        assertThat(row.type()).isEqualTo("io.captchapipeline.submit-request");
    }

    @Test
    void a_foreign_announcement_needs_a_task_id_only() {
        var row = reading.row(Records.raw(Topics.SUBMITTED, 1, "{\"task_id\":2122988149}"));

        assertThat(row.taskId()).isEqualTo("2122988149");
        assertThat(row.requestId()).isNull();
        assertThat(row.type()).isEqualTo("io.captchapipeline.submitted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2 is no JSON", "{\"a\":\"hunter2\"} hunter2", "\"hunter2\"", "{\"a\":\"hunter2", ""})
    void what_is_no_json_object_is_told_by_digest_and_length(String value) throws Exception {
        var row = reading.row(Records.raw(Topics.DEAD_LETTERS, 1, value));

        assertThat(JSON.readTree(row.payload()).path("length").asInt()).isEqualTo(value.length());
        assertThat(row.payload()).doesNotContain("hunter2");
    }

    @Test
    void a_record_without_a_value_has_none() {
        assertThat(reading.row(Records.raw(Topics.RESULTS, 1, null)).payload()).isNull();
    }

    @Test
    void a_dead_letter_is_one_whatever_its_record_was_called() throws Exception {
        var row = reading.row(Records.raw(
                Topics.DEAD_LETTERS,
                1,
                "{\"request_id\":\"r-1\",\"params\":{\"key\":\"hunter2\"}}",
                Records.header("ce_type", "io.captchapipeline.submit-request"),
                Records.header("dlq.topic", "captcha-submit"),
                Records.header("x-api-key", "hunter2"),
                new RawRecord.Header("binary", new byte[] {(byte) 0xff, 0}),
                new RawRecord.Header("empty", null)));

        assertThat(row.type()).isEqualTo("io.captchapipeline.dead-letter");
        assertThat(row.requestId()).isEqualTo("r-1");
        assertThat(row.headers()).contains("\"dlq.topic\":\"captcha-submit\"").doesNotContain("hunter2");
        assertThat(row.payload()).doesNotContain("hunter2");
    }

    @Test
    void a_key_that_is_no_id_is_judged_by_its_form() {
        var secret = "0123456789abcdef0123456789abcdef";
        assertThat(reading.row(keyed(secret)).key()).doesNotContain(secret);
        assertThat(reading.row(keyed("shop.example")).key()).isEqualTo("shop.example");
    }

    @Test
    void what_no_database_takes_is_made_storable() {
        var row = reading.row(Records.raw(
                Topics.ALERTS, 1, "{\"summary\":\"\\ud800 \\u0000 \uD83D\uDE00\"}", Records.header("note", "\0")));

        assertThat(row.payload()).contains("\uD83D\uDE00").doesNotContain("\0", "\uD800 ");
        assertThat(UTF_8.newEncoder().canEncode(String.valueOf(row.payload()))).isTrue();
        assertThat(row.headers()).doesNotContain("\0");
    }

    @Test
    void a_row_is_never_large() {
        var many = new StringBuilder("{\"params\":{");
        for (int i = 0; i < 10_000; i++) {
            many.append("\"p").append(i).append("\":\"v\",");
        }
        var row = reading.row(Records.raw(Topics.SUBMIT, 1, many + "\"q\":1}}"));

        assertThat(row.payload()).contains("digest").hasSizeLessThan(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {RecordReading.MOST_LEVELS + 2, 997, 998, 999, 1000, 1001, 100_000})
    void what_is_nested_too_deeply_to_be_told_again_is_told_by_digest_and_length(int levels) throws Exception {
        var value = "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);

        var row = reading.row(Records.raw(Topics.DEAD_LETTERS, 1, value));

        assertThat(JSON.readTree(row.payload()).path("length").asInt()).isEqualTo(value.length());
    }

    @Test
    void a_secret_as_deep_as_can_be_kept_is_no_deeper_than_that() throws Exception {
        int levels = RecordReading.MOST_LEVELS;
        var kept = reading.row(Records.raw(Topics.SUBMIT, 1, "[".repeat(levels) + "]".repeat(levels)));
        var deeper = reading.row(
                Records.raw(Topics.SUBMIT, 1, "{\"a\":".repeat(levels) + "{\"key\":\"x\"}" + "}".repeat(levels)));

        assertThat(kept.payload()).startsWith("[[").hasSize(2 * levels);
        assertThat(JSON.readTree(deeper.payload()).has("digest")).isTrue();
    }

    @Test
    void a_secret_within_json_within_a_key_or_header_is_replaced() {
        var json = "{\"password\":\"hunter2\"}";
        assertThat(reading.row(keyed(json)).key()).contains("hmac-sha256:").doesNotContain("hunter2");
        assertThat(reading.row(Records.raw(Topics.SUBMIT, 1, "{}", Records.header("note", json)))
                        .headers())
                .contains("hmac-sha256:")
                .doesNotContain("hunter2");
    }

    @Test
    void a_record_that_is_read_again_becomes_the_same_row() {
        var record = Records.record(Topics.RESULTS, 7, Records.NOON, Records.solved("r-1"));

        assertThat(reading.row(record).canonical(1))
                .isEqualTo(reading.row(record).canonical(1));
    }

    private static RawRecord keyed(String key) {
        return new RawRecord(Records.RESULTS, 1, Records.NOON, key.getBytes(UTF_8), "{}".getBytes(UTF_8), List.of());
    }
}
