package io.captchapipeline.schemas.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.Params;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Solution;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.SubmitRequest;
import io.captchapipeline.schemas.event.Submitted;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.event.TicketKind;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {
    private static final String SOLVED =
            "{\"task_id\":\"1\",\"request_id\":\"r\",\"status\":\"solved\",\"solution\":%s,"
                    + "\"source\":\"callback\",\"received_at\":\"2026-11-01T12:00:00Z\",\"ticket\":\"none\"}";

    @Test
    void unknown_fields_are_passed_over() {
        assertThat(submitted("{'task_id':'1','colour':{'of':['the','sky']}}")).isEqualTo(onlyTaskId("1"));
    }

    @Test
    void digits_are_taken_for_an_id() {
        assertThat(submitted("{'task_id':2122988149}")).isEqualTo(onlyTaskId("2122988149"));
        assertThat(submitted("{'task_id':'1','request_id':340282366920938463463374607431768211456}")
                        .identity())
                .hasToString("340282366920938463463374607431768211456");
    }

    @Test
    void digits_are_taken_for_a_route() {
        assertThat(submitted("{'task_id':'1','route':7}").route()).hasToString("7");
    }

    @Test
    void scalars_are_taken_for_text_as_they_stand() {
        var request = submit("{'method':'m','params':{'min_score':0.30,'invisible':true,'n':1},'metadata':{'job':42}}");

        assertThat(request.params().values()).isEqualTo(Map.of("min_score", "0.30", "invisible", "true", "n", "1"));
        assertThat(request.metadata()).isEqualTo(Map.of("job", "42"));
    }

    @Test
    void what_is_absent_is_not_written() {
        assertThat(written(onlyTaskId("1"))).isEqualTo("{\"task_id\":\"1\"}");
        assertThat(written(submit("{'method':'m','params':{},'metadata':{},'route':null}")))
                .isEqualTo("{\"method\":\"m\",\"params\":{}}");
    }

    @Test
    void times_are_written_in_utc() {
        assertThat(written(submitted("{'task_id':'1','submitted_at':'2026-11-01T14:00:00.5+02:00'}")))
                .isEqualTo("{\"task_id\":\"1\",\"submitted_at\":\"2026-11-01T12:00:00.500Z\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1793534400000",
                "'+1000000000-12-31T23:59:59Z'",
                "'-0001-01-01T00:00:00Z'",
                "'yesterday'",
                "'2026-11-01'"
            })
    void a_time_that_is_none_of_this_era_is_refused(String time) {
        assertRefused(
                Topics.SUBMITTED,
                "{'task_id':'1','submitted_at':" + time + "}",
                "submitted_at is not of the expected form");
    }

    @Test
    void a_cost_is_written_to_the_digit() {
        assertThat(written(solved(new BigDecimal("0.00299")))).contains("\"cost\":0.00299,");
        assertThat(written(solved(new BigDecimal("0.10")))).contains("\"cost\":0.10,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"03AGdBq2|r=1 +\u00e9\"",
                "{\"challenge\":\"c\",\"score\":0.90,\"extra\":null}",
                "[1,4,7,8]",
                "[1E+99999]",
                "42",
                "true"
            })
    void a_solution_goes_through_as_the_solver_sent_it(String solution) {
        var value = String.format(SOLVED, solution);

        assertThat(written(Wire.decode(Topics.RESULTS, value.getBytes(UTF_8)))).isEqualTo(value);
    }

    @Test
    void null_within_a_solution_is_kept_and_null_for_a_solution_is_none() {
        assertRefused(Topics.RESULTS, String.format(SOLVED, "null"), "solution is missing");
    }

    @ParameterizedTest
    @CsvSource({"failed, FAILED", "error, ERROR"})
    void a_failed_outcome_keeps_its_status(String status, String name) {
        var outcome =
                read(Topics.FAILED, "{'request_id':'r','status':'" + status + "','error':'TIMEOUT','attempts':1}");

        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(outcome.status()).hasToString(name);
        assertThat(written(outcome)).contains("\"status\":\"" + status + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'request_id':'r'}                                 | status is missing or unknown",
                "{'request_id':'r','status':'maybe'}                | status is missing or unknown",
                "{'request_id':'r','status':'failed','attempts':1}  | error is missing",
                "{'request_id':'r','status':'failed','error':' ','attempts':1} | error is empty",
                "{'status':'failed','error':'TIMEOUT','attempts':1} | request_id is missing",
                "{'request_id':'r','status':'failed','error':'X'}   | attempts is not of the expected form"
            })
    void an_outcome_says_what_it_lacks(String value, String complaint) {
        assertRefused(Topics.FAILED, value, complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'params':{}}                                  | method is missing",
                "{'method':'m'}                                 | params is missing",
                "{'method':'a b','params':{}}                   | method does not match [A-Za-z0-9._-]{1,64}",
                "{'method':'m','params':null}                   | params is missing",
                "{'method':'m','params':'x'}                    | params is not of the expected form",
                "{'method':'m','params':{'data':{'k':1}}}       | params.data is not of the expected form",
                "{'method':'m','params':{'data':null}}          | params has a null value",
                "{'method':'m','params':{},'metadata':{'a':[]}} | metadata.a is not of the expected form",
                "{'method':'m','params':{},'timeout_seconds':0} | timeout_seconds is not within 1 and 2147483647",
                "{'method':'m','params':{},'timeout_seconds':1e12} | timeout_seconds is not of the expected form",
                "{'method':'m','params':{},'max_attempts':6}    | max_attempts is not within 1 and 5",
                "{'method':'m','params':{},'route':'Login'}     | route does not match [a-z0-9-]{1,40}"
            })
    void a_request_says_what_is_wrong_with_it(String value, String complaint) {
        assertRefused(Topics.SUBMIT, value, complaint);
    }

    @Test
    void the_place_in_an_enum_is_no_word_of_it() {
        assertRefused(
                Topics.RESULTS,
                String.format(SOLVED, "1").replace("\"none\"", "1"),
                "ticket is not of the expected form");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                 | not an event of this topic",
                "null                               | the value is null",
                "[]                                 | not an event of this topic",
                "'\"secret\"'                       | not an event of this topic",
                "7                                  | not an event of this topic",
                "'{\"task_id\":\"1\"} {}'           | not an event of this topic",
                "'{\"task_id\":\"1\"'               | not JSON, at byte 14",
                "'{\"task_id\":\"secr'              | not JSON, at byte 16",
                "'{\"task_id\":\"1\",\"metadata\":{\"a\":' | not JSON, at byte 31",
                "secret                             | not JSON, at byte 0"
            })
    void what_is_no_object_is_refused(String value, String complaint) {
        assertRefused(Topics.SUBMITTED, value, complaint);
    }

    @Test
    void a_record_without_a_value_is_refused() {
        assertThatThrownBy(() -> Wire.decode(Topics.SUBMITTED, null))
                .isInstanceOf(UnreadableRecord.class)
                .hasMessage("the record has no value");
    }

    @Test
    void what_would_exhaust_the_reader_is_refused() {
        var deep = "[".repeat(1100) + "]".repeat(1100);
        var complaint = "JSON nested too deep, or with a number or a name too long";

        assertRefused(Topics.SUBMITTED, "{'task_id':'1','colour':" + deep + "}", complaint);
        assertRefused(Topics.RESULTS, String.format(SOLVED, deep), complaint);
        assertRefused(Topics.SUBMITTED, "{'task_id':1" + "0".repeat(1100) + "}", complaint);
    }

    @Test
    void bytes_that_are_no_text_are_refused() {
        assertUnreadable(new byte[] {'{', '"', (byte) 0xc3, 0x28, '"'});
        assertUnreadable(new byte[] {(byte) 0xff, (byte) 0xfe, 0x12});
        assertUnreadable(new byte[] {0, 0, 0, '{', (byte) 0xff, 1, 2, 3});
        assertUnreadable(new byte[] {0, 0, 0, 0, 5});
    }

    @Test
    void a_large_image_goes_through() {
        var image = "A".repeat(2_900_000);
        var request = new SubmitRequest(
                null, new Method("base64"), new Params(Map.of("body", image)), null, null, null, Map.of());

        assertThat(Wire.decode(Topics.SUBMIT, Wire.encode(request))).isEqualTo(request);
    }

    private static Submitted onlyTaskId(String id) {
        return new Submitted(new TaskId(id), null, null, null, null, null, null, null, Map.of(), null);
    }

    private static Result solved(BigDecimal cost) {
        return new Result.Solved(
                new TaskId("1"),
                new RequestId("r"),
                Solution.of("token"),
                null,
                null,
                null,
                Source.CALLBACK,
                Instant.EPOCH,
                cost,
                null,
                TicketKind.NONE);
    }

    private static Submitted submitted(String json) {
        return read(Topics.SUBMITTED, json);
    }

    private static SubmitRequest submit(String json) {
        return read(Topics.SUBMIT, json);
    }

    private static <E extends Event> E read(Topic<E> topic, String json) {
        return Wire.decode(topic, json.replace('\'', '"').getBytes(UTF_8));
    }

    private static String written(Event event) {
        return new String(Wire.encode(event), UTF_8);
    }

    private static void assertUnreadable(byte[] value) {
        assertThatThrownBy(() -> Wire.decode(Topics.SUBMITTED, value))
                .isInstanceOf(UnreadableRecord.class)
                .hasMessageStartingWith("not JSON");
    }

    private static void assertRefused(Topic<? extends Event> topic, String json, String complaint) {
        assertThatThrownBy(() -> read(topic, json))
                .isInstanceOf(UnreadableRecord.class)
                .hasMessage(complaint)
                .hasNoCause();
    }
}
