package io.captchapipeline.router.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.kit.kafka.RecordSize;
import io.captchapipeline.router.ledger.PollRules;
import io.captchapipeline.schemas.event.Account;
import io.captchapipeline.schemas.event.Admitted;
import io.captchapipeline.schemas.event.Attempt;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Solution;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.Submitted;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.event.Tick;
import io.captchapipeline.schemas.event.TicketKind;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.DeadLetter;
import io.captchapipeline.schemas.wire.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The wiring around the ledger: what comes in reaches it, and what it says lands where it should.
class LedgerProcessorTest {
    static final List<Topic<?>> INPUTS =
            List.of(Topics.SUBMIT, Topics.SUBMITTED, Topics.ATTEMPTS, Topics.RESULTS, Topics.CLOCK, Topics.LINKS);

    private static final Duration A_LOOK = Ticker.LOOK_EVERY;

    @TempDir
    private Path state;

    private Bench bench;

    @BeforeEach
    void start() {
        bench = new Bench(state, 1);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void a_request_is_admitted_with_its_params_and_the_headers_of_an_event() {
        bench.write(Topics.SUBMIT, "site", request("r-1", 60));

        var record = only(Topics.ADMITTED);

        var admitted = Wire.decode(Topics.ADMITTED, record.value());
        assertThat(admitted.params().values()).containsEntry("googlekey", "k");
        assertThat(record.key()).isEqualTo("r-1".getBytes(UTF_8));
        assertThat(header(record, "request_id")).isEqualTo("r-1");
        assertThat(header(record, "ce_type")).isEqualTo("io.captchapipeline.admitted");
        assertThat(header(record, "ce_source")).isEqualTo("/captcha-pipeline/result-router");
    }

    @Test
    void an_answer_becomes_the_outcome_and_params_are_forgotten_with_it() {
        var admitted = taken("r-1", "t-1");
        assertThat(stored(LedgerStore.PARAMS)).isOne();

        bench.write(Topics.RESULTS, solved(admitted, "t-1"));

        var outcome =
                (Outcome.Solved) Wire.decode(Topics.SOLVED, only(Topics.SOLVED).value());
        assertThat(outcome.solution().text()).isEqualTo("token");
        assertThat(stored(LedgerStore.PARAMS)).isZero();
        assertThat(bench.written(Topics.FAILED)).isEmpty();
    }

    @Test
    void the_outcome_of_a_configured_route_goes_to_the_topic_of_the_route_alone() {
        bench.write(
                Topics.SUBMIT,
                "k",
                "{\"request_id\":\"r-1\",\"method\":\"turnstile\",\"params\":{\"key\":\"mine\"},\"route\":\"login\"}");

        assertThat(only(Topics.FAILED.forRoute(Bench.LOGIN))).isNotNull();
        assertThat(bench.written(Topics.FAILED)).isEmpty();
    }

    @Test
    void the_outcome_of_any_other_route_goes_to_the_plain_topic() {
        bench.write(
                Topics.SUBMIT,
                "k",
                "{\"request_id\":\"r-1\",\"method\":\"turnstile\",\"params\":{\"key\":\"mine\"},\"route\":\"other\"}");

        assertThat(header(only(Topics.FAILED), "route")).isEqualTo("other");
    }

    @ParameterizedTest
    @FieldSource("INPUTS")
    void poison_is_a_dead_letter_with_its_origin_and_untouched_bytes(Topic<?> topic) {
        var headers = new RecordHeaders().add("mine", "kept".getBytes(UTF_8));
        bench.write(topic, new TestRecord<>("k".getBytes(UTF_8), "{broken".getBytes(UTF_8), headers, bench.now()));

        var letter = only(Topics.DEAD_LETTERS);

        assertThat(letter.key()).isEqualTo("k".getBytes(UTF_8));
        assertThat(letter.value()).isEqualTo("{broken".getBytes(UTF_8));
        assertThat(header(letter, "mine")).isEqualTo("kept");
        assertThat(header(letter, DeadLetter.TOPIC)).isEqualTo(topic.name());
        assertThat(header(letter, DeadLetter.OFFSET)).isEqualTo("0");
        assertThat(header(letter, DeadLetter.SERVICE)).isEqualTo("result-router");
        assertThat(header(letter, DeadLetter.REASON)).isNotBlank();
    }

    @Test
    void a_record_so_large_that_its_outcome_might_not_fit_is_a_dead_letter() {
        bench.write(Topics.RESULTS, "r-1", "x".repeat(Inbox.MOST_BYTES + 1));

        assertThat(header(only(Topics.DEAD_LETTERS), DeadLetter.REASON)).startsWith("larger than");
    }

    @Test
    void a_record_with_a_key_or_headers_as_large_is_one_too() {
        var huge = new byte[Inbox.MOST_BYTES];
        var value = Wire.encode(solved(taken("r-1", "t-1"), "t-1"));
        var key = "r-1".getBytes(UTF_8);
        bench.write(Topics.RESULTS, new TestRecord<>(huge, value, new RecordHeaders(), bench.now()));
        bench.write(Topics.RESULTS, new TestRecord<>(key, value, new RecordHeaders().add("h", huge), bench.now()));

        assertThat(bench.written(Topics.DEAD_LETTERS)).hasSize(2);
        assertThat(bench.written(Topics.SOLVED)).isEmpty();
    }

    @Test
    void what_changes_nothing_is_counted_by_what_it_was() {
        var admitted = taken("r-1", "t-1");
        for (int i = 0; i < 3; i++) {
            bench.write(Topics.RESULTS, solved(admitted, "t-1"));
        }
        bench.write(Topics.RESULTS, solved(admitted, "t-1", "another token"));

        assertThat(counted("duplicate_answer")).isEqualTo(2);
        assertThat(counted("conflicting_answer")).isEqualTo(1);
        assertThat(counted("repeated_request")).isZero();
    }

    @Test
    void a_reused_id_is_a_dead_letter_that_says_so() {
        bench.write(Topics.SUBMIT, "a", request("r-1", 60));
        bench.write(Topics.SUBMIT, "b", request("r-1", 61));

        assertThat(header(only(Topics.DEAD_LETTERS), DeadLetter.REASON)).isEqualTo("REQUEST_ID_REUSED");
    }

    @Test
    void one_tick_is_written_when_something_is_due_and_no_other_before_it_came_back() {
        bench.write(Topics.SUBMIT, "k", request("r-1", 2));
        bench.pass(Duration.ofMillis(1900));
        assertThat(bench.written(Topics.CLOCK)).isEmpty();

        bench.pass(Duration.ofMillis(200));

        var tick = Wire.decode(Topics.CLOCK, only(Topics.CLOCK).value());
        assertThat(tick).isEqualTo(new Tick(0, bench.now()));
        assertThat(((Outcome.Failed)
                                Wire.decode(Topics.FAILED, only(Topics.FAILED).value()))
                        .error())
                .isEqualTo("SOLVER_UNAVAILABLE");
        bench.pass(Duration.ofSeconds(5));
        assertThat(bench.written(Topics.CLOCK)).isEmpty();
    }

    @Test
    void time_waits_while_what_came_in_the_meantime_is_read_but_not_for_ever() {
        bench.write(Topics.SUBMIT, "k", request("r-1", 2));
        bench.pass(Duration.ofSeconds(60));
        assertThat(bench.written(Topics.FAILED)).hasSize(1);
        bench.write(Topics.SUBMIT, "k", request("r-2", 2));
        var old = bench.now();
        for (int i = 0; i < 17; i++) {
            bench.pass(Duration.ofMillis(900));
            bench.writeAsOf(old, Topics.SUBMIT, "k", request("r-2", 2));
            if (i < 15) {
                assertThat(bench.written(Topics.FAILED)).isEmpty();
            }
        }
        bench.pass(Duration.ofMillis(900));
        bench.pass(Duration.ofMillis(900));

        assertThat(bench.written(Topics.FAILED)).hasSize(1);
    }

    @Test
    void a_tick_is_no_later_than_the_broker_says() {
        bench.write(Topics.SUBMIT, "k", request("r-1", 60));

        bench.write(Topics.CLOCK, new Tick(0, bench.now().plusSeconds(3600)));

        assertThat(bench.written(Topics.FAILED)).isEmpty();
    }

    @Test
    void a_late_callback_is_polled_for() {
        taken("r-1", "t-1");

        bench.pass(Duration.ofSeconds(31));

        var overdue = Wire.decode(Topics.OVERDUE, only(Topics.OVERDUE).value());
        assertThat(overdue.taskId()).hasToString("t-1");
    }

    @Test
    void more_than_one_tick_settles_goes_on_with_the_next() {
        int many = Ticker.MOST_AT_ONCE + 10;
        for (int i = 0; i < many; i++) {
            bench.write(Topics.SUBMIT, "k", request("r-" + i, 2));
        }

        bench.pass(Duration.ofMillis(2100));
        bench.pass(A_LOOK);

        assertThat(bench.written(Topics.FAILED)).hasSize(many);
    }

    @Test
    void pending_requests_are_counted_and_the_oldest_is_told() {
        bench.write(Topics.SUBMIT, "k", request("r-1", 600));
        bench.pass(Duration.ofSeconds(10));
        var second = request("r-2", 600);
        bench.write(Topics.SUBMIT, "k", second);

        assertThat(bench.metrics.get("captcha.pending").gauge().value()).isEqualTo(2);
        assertThat(bench.metrics.get("captcha.pending.oldest").gauge().value()).isEqualTo(10);
    }

    @Test
    void what_belongs_to_another_partition_moves_there_once_and_keeps_where_it_came_from() {
        bench.close();
        bench = new Bench(state, 6);
        var elsewhere = idOf(false);
        var headers = new RecordHeaders().add("router.origin", "a scraper's own".getBytes(UTF_8));
        bench.write(
                Topics.SUBMIT,
                new TestRecord<>("site".getBytes(UTF_8), request(elsewhere, 60).getBytes(UTF_8), headers, bench.now()));
        bench.write(
                Topics.SUBMIT,
                new TestRecord<>("site".getBytes(UTF_8), request(elsewhere, 61).getBytes(UTF_8), headers, bench.now()));

        assertThat(bench.written(Topics.LINKS))
                .hasSize(2)
                .allSatisfy(moved -> assertThat(moved.key()).isEqualTo(elsewhere.getBytes(UTF_8)));
        assertThat(Wire.decode(Topics.ADMITTED, only(Topics.ADMITTED).value()).requestId())
                .hasToString(elsewhere);
        var letter = only(Topics.DEAD_LETTERS);
        assertThat(header(letter, DeadLetter.TOPIC)).isEqualTo(Topics.SUBMIT.name());
        assertThat(header(letter, DeadLetter.OFFSET)).isEqualTo("1");
        assertThat(letter.key()).isEqualTo("site".getBytes(UTF_8));
        assertThat(letter.headers().headers("router.origin")).hasSize(1);
    }

    @Test
    void what_is_in_its_partition_already_makes_no_hop() {
        bench.close();
        bench = new Bench(state, 6);

        bench.write(Topics.SUBMIT, "site", request(idOf(true), 60));

        assertThat(bench.written(Topics.LINKS)).isEmpty();
        assertThat(bench.written(Topics.ADMITTED)).hasSize(1);
    }

    @Test
    void a_request_of_three_mebibytes_is_admitted() {
        var image = "A".repeat(3 * 1024 * 1024 - 512);

        bench.write(
                Topics.SUBMIT,
                "k",
                "{\"request_id\":\"r-1\",\"method\":\"base64\",\"params\":{\"body\":\"" + image + "\"}}");

        assertThat(Wire.decode(Topics.ADMITTED, only(Topics.ADMITTED).value())
                        .params()
                        .values())
                .containsEntry("body", image);
    }

    @Test
    void a_request_of_three_mebibytes_of_emoji_is_admitted_in_as_many_bytes() {
        var image = "\uD83D\uDE00".repeat((3 * 1024 * 1024 - 512) / 4);
        var request = "{\"request_id\":\"r-1\",\"method\":\"base64\",\"params\":{\"body\":\"" + image + "\"}}";

        bench.write(Topics.SUBMIT, "k", request);

        var admitted = only(Topics.ADMITTED).value();
        assertThat(admitted.length).isLessThan(request.getBytes(UTF_8).length + 1024);
        assertThat(Wire.decode(Topics.ADMITTED, admitted).params().values()).containsEntry("body", image);
        assertThat(bench.driver
                        .<byte[], byte[]>getKeyValueStore(LedgerStore.NAME)
                        .get((LedgerStore.PARAMS + "r:r-1").getBytes(UTF_8)))
                .hasSizeLessThan(request.getBytes(UTF_8).length);
    }

    @Test
    void a_request_that_would_be_too_large_once_its_numbers_have_quotes_is_a_dead_letter() {
        var params =
                IntStream.range(0, 350_000).mapToObj(i -> "\"" + i + "\":1").collect(Collectors.joining(","));
        var request = "{\"request_id\":\"r-1\",\"method\":\"base64\",\"params\":{" + params + "}}";
        assertThat(request.length()).isBetween(RecordSize.MOST - 700_000, Inbox.MOST_BYTES);

        bench.write(Topics.SUBMIT, "k", request);

        assertThat(header(only(Topics.DEAD_LETTERS), DeadLetter.REASON)).contains("too large");
        assertThat(bench.written(Topics.ADMITTED)).isEmpty();
        assertThat(stored("r:")).isZero();
    }

    @Test
    void an_outcome_and_a_dead_letter_are_as_old_as_their_writing_whenever_what_they_follow_from_came() {
        var admitted = taken("r-1", "t-1");
        var answer = new String(Wire.encode(solved(admitted, "t-1")), UTF_8);
        var came = bench.now();
        bench.pass(Duration.ofSeconds(20));

        bench.writeAsOf(came, Topics.RESULTS, "r-1", answer);
        bench.writeAsOf(came, Topics.RESULTS, "r-1", "{broken");

        assertThat(only(Topics.SOLVED).getRecordTime()).isEqualTo(bench.now());
        assertThat(only(Topics.DEAD_LETTERS).getRecordTime()).isEqualTo(bench.now());
    }

    @Test
    void an_outcome_is_never_older_than_its_result_whatever_the_clocks_say() {
        var admitted = taken("r-1", "t-1");
        var ahead = bench.now().plusSeconds(3);

        bench.writeAsOf(ahead, Topics.RESULTS, "r-1", new String(Wire.encode(solved(admitted, "t-1")), UTF_8));

        assertThat(only(Topics.SOLVED).getRecordTime()).isEqualTo(ahead);
    }

    @Test
    void what_was_held_back_once_does_not_shorten_the_next_time() {
        bench.write(Topics.SUBMIT, "k", request("r-1", 60));
        var old = bench.now();
        bench.pass(Duration.ofMillis(59_900));
        bench.writeAsOf(old, Topics.ATTEMPTS, "r-1", "{}");
        bench.pass(Duration.ofMillis(200));
        assertThat(bench.written(Topics.CLOCK)).isEmpty();
        bench.writeAsOf(old, Topics.RESULTS, "r-1", new String(Wire.encode(solved("r-1", "t-1", "token")), UTF_8));
        bench.pass(Duration.ofSeconds(20));
        bench.write(Topics.SUBMIT, "k", request("r-2", 2));
        bench.pass(Duration.ofMillis(1_900));
        bench.writeAsOf(old, Topics.ATTEMPTS, "r-2", "{}");

        bench.pass(Duration.ofMillis(200));

        assertThat(bench.written(Topics.CLOCK)).isEmpty();
    }

    @Test
    void a_request_that_the_ledger_cannot_decide_upon_when_it_is_due_ends_all_the_same_and_is_counted() {
        bench.close();
        bench = new Bench(state, 1, new PollRules(null, Duration.ofSeconds(Long.MAX_VALUE), 20, true));
        taken("r-1", "t-1");

        bench.pass(Duration.ofSeconds(31));

        var outcome =
                (Outcome.Failed) Wire.decode(Topics.FAILED, only(Topics.FAILED).value());
        assertThat(outcome.requestId()).hasToString("r-1");
        assertThat(outcome.error()).isEqualTo("TIMEOUT");
        assertThat(outcome.errorDetail()).contains("could not decide");
        assertThat(counted("undecidable")).isOne();
        assertThat(stored(LedgerStore.PARAMS)).isZero();
        bench.write(Topics.SUBMIT, "k", request("r-1", 60));
        assertThat(bench.written(Topics.ADMITTED)).isEmpty();
        assertThat(counted("repeated_request")).isOne();
    }

    private Admitted taken(String id, String task) {
        bench.write(Topics.SUBMIT, "k", request(id, 60));
        var admitted = Wire.decode(Topics.ADMITTED, only(Topics.ADMITTED).value());
        var account = new Account("main");
        bench.write(Topics.ATTEMPTS, new Attempt(new RequestId(id), 1, admitted.method(), null, account, bench.now()));
        bench.write(
                Topics.SUBMITTED,
                new Submitted(
                        new TaskId(task),
                        new RequestId(id),
                        admitted.method(),
                        null,
                        1,
                        bench.now(),
                        admitted.deadline(),
                        account,
                        Map.of(),
                        null));
        return admitted;
    }

    private Result solved(Admitted admitted, String task) {
        return solved(admitted, task, "token");
    }

    private Result solved(Admitted admitted, String task, String solution) {
        return solved(admitted.requestId().value(), task, solution);
    }

    private Result solved(String id, String task, String solution) {
        return new Result.Solved(
                new TaskId(task),
                new RequestId(id),
                Solution.of(solution),
                null,
                null,
                new Method("userrecaptcha"),
                Source.CALLBACK,
                bench.now(),
                null,
                1,
                TicketKind.REQUEST);
    }

    private static String request(String id, int timeoutSeconds) {
        return "{\"request_id\":\"" + id + "\",\"method\":\"userrecaptcha\",\"params\":{\"googlekey\":\"k\","
                + "\"pageurl\":\"https://example.com\"},\"timeout_seconds\":" + timeoutSeconds + "}";
    }

    /// An id that lies in the first of six partitions, or not.
    private static String idOf(boolean here) {
        for (int i = 0; ; i++) {
            var id = "r-" + i;
            if ((BuiltInPartitioner.partitionForKey(id.getBytes(UTF_8), 6) == 0) == here) {
                return id;
            }
        }
    }

    private TestRecord<byte[], byte[]> only(Topic<?> topic) {
        var records = bench.written(topic);
        assertThat(records).hasSize(1);
        return records.getFirst();
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(
                Objects.requireNonNull(record.headers().lastHeader(name)).value(), UTF_8);
    }

    /// Rows whose keys begin with this.
    private long stored(String prefix) {
        try (var all =
                bench.driver.<byte[], byte[]>getKeyValueStore(LedgerStore.NAME).all()) {
            long count = 0;
            while (all.hasNext()) {
                if (new String(all.next().key, UTF_8).startsWith(prefix)) {
                    count++;
                }
            }
            return count;
        }
    }

    private double counted(String what) {
        return bench.metrics
                .get("captcha.ledger.counted")
                .tag("what", what)
                .counter()
                .count();
    }
}
