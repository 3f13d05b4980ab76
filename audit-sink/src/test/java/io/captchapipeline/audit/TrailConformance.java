package io.captchapipeline.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.kit.consume.Batch;
import io.captchapipeline.kit.consume.BatchHandler.Taken;
import io.captchapipeline.kit.consume.Partition;
import io.captchapipeline.kit.consume.RawRecord;
import io.captchapipeline.kit.settings.InvalidSettings;
import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.schemas.topic.Topics;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the trail promises, on each database that can hold it.
abstract class TrailConformance {
    @TempDir
    Path directory;

    TestTrail trail;

    /// Of a database that is empty.
    abstract String freshUrl() throws Exception;

    private String url;

    @BeforeEach
    void open() throws Exception {
        url = freshUrl();
        trail = new TestTrail(url, directory);
    }

    @AfterEach
    void close() {
        trail.close();
    }

    @Test
    void what_is_taken_is_a_row_each_and_the_next_offset_is_known_with_it() {
        assertThat(trail.take(Records.results(0, 20))).isEqualTo(Taken.STORED);

        assertThat(trail.queries.page(asked("limit=100")))
                .extracting(link -> link.row().offset())
                .containsExactlyElementsOf(LongStream.range(0, 20).boxed().toList());
        assertThat(trail.sink.positions(Set.of(Records.RESULTS))).containsEntry(Records.RESULTS, 20L);
        assertThat(trail.breaks()).isEmpty();
    }

    @Test
    void a_row_comes_back_as_it_went_in() {
        var odd = Records.raw(
                Topics.ALERTS,
                0,
                "{\"summary\":\"\\ud800 \\u0000 \uD83D\uDE00 \u00e4 '\\\"\"}",
                Records.header("n\u00f6te", "\0\uD83D\uDE00"));
        trail.take(List.of(odd, Records.raw(Topics.ALERTS, 1, null)));

        var rows = trail.queries.page(asked("limit=100"));

        var reading = new RecordReading(new TopicOrder(), new Redaction(trail.keys));
        assertThat(rows.getFirst().row()).isEqualTo(reading.row(odd));
        assertThat(rows.getLast().row().payload()).isNull();
        assertThat(trail.breaks()).isEmpty();
    }

    @Test
    void of_two_that_hold_a_partition_only_one_extends_its_chain() {
        try (var other = new TestTrail(url, directory.resolve("other"))) {
            trail.sink.positions(Set.of(Records.RESULTS));
            other.sink.positions(Set.of(Records.RESULTS));

            assertThat(other.sink.take(new Batch(Records.results(0, 5)))).isEqualTo(Taken.STORED);
            assertThat(trail.sink.take(new Batch(Records.results(0, 7)))).isEqualTo(Taken.NOT_OWNER);

            assertThat(trail.rows()).isEqualTo(5);
            assertThat(trail.sink.positions(Set.of(Records.RESULTS))).containsEntry(Records.RESULTS, 5L);
            assertThat(trail.breaks()).isEmpty();
        }
    }

    @Test
    void a_batch_of_several_partitions_is_stored_whole_or_not_at_all() {
        var attempts = new Partition(Topics.ATTEMPTS.name(), 0);
        trail.sink.positions(Set.of(Records.RESULTS, attempts));
        try (var other = new TestTrail(url, directory.resolve("other"))) {
            other.take(Records.results(0, 1));
        }
        var both = new ArrayList<RawRecord>(Records.results(0, 3));
        both.add(Records.record(Topics.ATTEMPTS, 0, Records.NOON, Records.attempt("r-1", 1)));

        assertThat(trail.sink.take(new Batch(both))).isEqualTo(Taken.NOT_OWNER);

        assertThat(trail.rows()).isEqualTo(1);
        assertThat(trail.sink.positions(Set.of(attempts))).isEmpty();
    }

    @Test
    void a_batch_that_was_stored_and_not_known_to_be_is_refused_the_second_time() {
        trail.sink.positions(Set.of(Records.RESULTS));
        trail.sink.take(new Batch(Records.results(0, 5)));

        assertThat(trail.sink.take(new Batch(Records.results(0, 5)))).isEqualTo(Taken.NOT_OWNER);
        assertThat(trail.rows()).isEqualTo(5);
    }

    @Test
    void gaps_of_transactions_are_no_breaks() {
        var records = Records.results(0, 30).stream()
                .filter(record -> record.offset() % 3 != 1)
                .toList();
        trail.take(records);

        assertThat(trail.rows()).isEqualTo(20);
        assertThat(trail.breaks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE audit_events SET payload = '{}' WHERE record_offset = 7 | changed@7",
                "UPDATE audit_events SET record_at = 0 WHERE record_offset = 0 | changed@0",
                "UPDATE audit_events SET status = 'failed' WHERE record_offset = 19 | changed@19",
                "UPDATE audit_events SET request_id = 'x' WHERE record_offset IN (7, 8) | changed@7,changed@8",
                "UPDATE audit_events SET digest = (SELECT digest FROM audit_events WHERE record_offset = 3) WHERE record_offset = 7 | changed@7",
                "DELETE FROM audit_events WHERE record_offset = 7 | removed@7",
                "DELETE FROM audit_events WHERE record_offset = 0 | removed@0",
                "DELETE FROM audit_events WHERE record_offset BETWEEN 7 AND 9 | removed@7",
                "DELETE FROM audit_events WHERE record_offset IN (3, 7) | removed@3,removed@7",
                "DELETE FROM audit_events WHERE record_offset = 19 | cut_off@19",
                "DELETE FROM audit_events WHERE record_offset > 9 | cut_off@10",
                "DELETE FROM audit_events | cut_off@0",
                "DELETE FROM audit_positions | position@19",
                "UPDATE audit_positions SET seq = 10, digest = (SELECT digest FROM audit_events WHERE seq = 10) | position@19",
                "UPDATE audit_positions SET next_offset = 5 | position@19",
                "UPDATE audit_positions SET next_offset = 25 | position@19",
                "UPDATE audit_positions SET anchor_seq = 5, anchor_offset = 4 | anchor@4,inserted@0,inserted@1,inserted@2,inserted@3,inserted@4"
            })
    void whatever_is_done_to_the_tables_is_found_where_it_was_done(String sql, String expected) {
        trail.take(Records.results(0, 20));

        trail.tamper(sql);

        assertThat(trail.breaks()).containsExactlyInAnyOrder(expected.split(","));
    }

    @ParameterizedTest
    @CsvSource({
        "7, 8, inserted@7",
        "0, 1, inserted@0",
        "19, 20, inserted@19",
        "25, 26, inserted@25",
        "30, 2, inserted@30"
    })
    void a_row_that_was_put_in_is_found(long offset, long seq, String expected) {
        trail.take(Records.results(0, 20));

        trail.tamper("INSERT INTO audit_events (topic, partition, record_offset, seq, record_at, type, headers, digest)"
                + " SELECT topic, partition, " + offset + ", " + seq + ", record_at, 'forged', headers, "
                + "(SELECT anchor_mac FROM audit_positions) FROM audit_events WHERE record_offset = 3");

        assertThat(trail.breaks()).containsExactly(expected);
    }

    @Test
    void a_row_that_was_put_in_where_the_next_is_to_be_stops_nobody() {
        trail.take(Records.results(0, 5));
        trail.tamper("INSERT INTO audit_events (topic, partition, record_offset, seq, record_at, type, headers, digest)"
                + " SELECT topic, partition, 5, 6, record_at, 'forged', headers, digest"
                + " FROM audit_events WHERE record_offset = 3");

        assertThat(trail.take(Records.results(5, 5))).isEqualTo(Taken.STORED);

        assertThat(trail.rows()).isEqualTo(11);
        assertThat(trail.breaks()).containsExactly("inserted@5");
    }

    @Test
    void a_tail_that_was_cut_off_with_its_position_is_found_by_the_head_that_was_kept_outside() {
        trail.take(Records.results(0, 20));
        trail.keeper.keep();
        cutOffBehind(10);

        assertThat(trail.breaks()).containsExactly("cut_off@10");
    }

    @Test
    void a_tail_that_was_cut_off_stays_found_when_other_rows_follow_and_after_a_restart() {
        trail.take(Records.results(0, 20));
        trail.keeper.keep();
        cutOffBehind(10);
        trail.take(Records.results(30, 20));
        trail.keeper.keep();
        trail.close();
        trail = new TestTrail(url, directory);

        assertThat(trail.breaks()).isNotEmpty();
    }

    @Test
    void a_row_that_is_left_of_a_tail_that_was_cut_off_moves_no_head_on() {
        trail.take(Records.results(0, 20));
        trail.keeper.keep();
        trail.tamper("DELETE FROM audit_events WHERE seq BETWEEN 11 AND 19");
        trail.tamper("UPDATE audit_positions SET seq = 10, next_offset = 10,"
                + " digest = (SELECT digest FROM audit_events WHERE seq = 10)");
        trail.take(Records.results(30, 1));
        trail.keeper.keep();
        trail.tamper("DELETE FROM audit_events WHERE seq = 20");

        assertThat(trail.breaks()).containsExactly("cut_off@31");
        trail.take(Records.results(31, 20));
        trail.keeper.keep();
        assertThat(trail.breaks()).containsExactly("changed@39");
        assertThat(trail.isSaidToBeIntact()).isFalse();
    }

    @Test
    void rows_that_another_instance_wrote_are_walked_before_their_head_is_kept() {
        trail.take(Records.results(0, 5));
        trail.keeper.keep();
        try (var other = new TestTrail(url, directory.resolve("other"))) {
            other.take(Records.results(5, 2500));
        }
        trail.take(Records.results(2505, 5));
        trail.keeper.keep();

        assertThat(trail.keptRows()).isEqualTo(2510);
        assertThat(trail.isSaidToBeIntact()).isTrue();
    }

    @Test
    void a_head_is_kept_as_far_as_rows_lead_and_on_when_they_are_whole_again() {
        trail.take(Records.results(0, 5));
        trail.keeper.keep();
        try (var other = new TestTrail(url, directory.resolve("other"))) {
            other.take(Records.results(5, 20));
        }
        trail.tamper("UPDATE audit_events SET status = 'failed' WHERE seq = 15");
        trail.take(Records.results(25, 5));
        trail.keeper.keep();
        assertThat(trail.keptRows()).isEqualTo(14);
        assertThat(trail.isSaidToBeIntact()).isFalse();

        trail.tamper("UPDATE audit_events SET status = 'solved' WHERE seq = 15");
        trail.keeper.keep();
        assertThat(trail.keptRows()).isEqualTo(30);
        assertThat(trail.isSaidToBeIntact()).isTrue();
    }

    @Test
    void heads_are_kept_by_themselves_as_time_goes_on() throws Exception {
        try (var keeper = new HeadKeeper(
                new HeadsFile(directory.resolve("soon"), trail.keys), trail.trail, Duration.ofMillis(10))) {
            keeper.start();
            var from = head();
            keeper.begin(List.of(from));
            trail.take(Records.results(0, 5));
            keeper.advanced(from, head());

            await().until(() -> keeper.heads().containsValue(head()));
        }
    }

    @Test
    void a_head_that_could_not_be_kept_when_its_chain_began_is_kept_at_the_next_try() throws Exception {
        var inTheWay = directory.resolve("audit-heads.new");
        Files.createDirectories(inTheWay.resolve("something"));
        var positions = Set.of(Records.RESULTS);

        assertThatThrownBy(() -> trail.sink.positions(positions)).isInstanceOf(UncheckedIOException.class);
        assertThat(trail.keeper.heads()).isEmpty();
        Files.delete(inTheWay.resolve("something"));
        trail.sink.positions(positions);

        assertThat(new HeadsFile(directory, trail.keys).read()).containsOnlyKeys(Records.RESULTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_positions SET next_offset = 15",
                "UPDATE audit_positions SET next_offset = 25",
                "UPDATE audit_positions SET seq = 19",
                "UPDATE audit_positions SET seq = 19, digest = (SELECT digest FROM audit_events WHERE seq = 19)",
                "DELETE FROM audit_events WHERE seq = 20",
                "DELETE FROM audit_events"
            })
    void nothing_is_signed_behind_a_position_that_was_not_written(String sql) {
        trail.take(Records.results(0, 20));
        trail.tamper(sql);

        assertThatThrownBy(() -> trail.take(Records.results(25, 5)))
                .isInstanceOf(PositionTrouble.class)
                .hasMessageContainingAll("captcha-results-0", "verify");
    }

    @Test
    void behind_a_last_row_that_is_whole_it_goes_on_once_somebody_says_so() {
        trail.take(Records.results(0, 20));
        trail.tamper("DELETE FROM audit_events WHERE seq > 18");
        assertThatThrownBy(() -> trail.take(Records.results(20, 5))).isInstanceOf(PositionTrouble.class);

        trail.tamper("""
                UPDATE audit_positions SET (next_offset, seq, digest) = (SELECT record_offset + 1, seq, digest
                  FROM audit_events e
                  WHERE e.topic = audit_positions.topic AND e.partition = audit_positions.partition
                  ORDER BY seq DESC LIMIT 1)
                  WHERE topic = 'captcha-results' AND partition = 0""");

        assertThat(trail.take(Records.results(18, 5))).isEqualTo(Taken.STORED);
        assertThat(trail.breaks()).isEmpty();
    }

    @Test
    void nobody_makes_it_skip_records_by_a_last_row_that_is_not_what_was_written() {
        trail.take(Records.results(0, 20));
        trail.tamper("UPDATE audit_events SET record_offset = 100 WHERE seq = 20");
        trail.tamper("DELETE FROM audit_positions");

        assertThatThrownBy(() -> trail.take(Records.results(101, 5))).isInstanceOf(PositionTrouble.class);
    }

    @Test
    void a_position_that_is_gone_is_found_again_by_the_last_row() {
        trail.take(Records.results(0, 20));
        trail.tamper("DELETE FROM audit_positions");

        assertThat(trail.take(Records.results(20, 5))).isEqualTo(Taken.STORED);
        assertThat(trail.breaks()).isEmpty();
    }

    @Test
    void records_that_were_signed_twice_are_found() {
        trail.take(Records.results(0, 10));
        var reading = new RecordReading(new TopicOrder(), new Redaction(trail.keys));
        var again = Records.results(5, 3).stream().map(reading::row).toList();
        trail.trail.append(List.of(trail.trail.extension(head(), again)));

        assertThat(trail.breaks()).containsExactly("inserted@5", "inserted@6", "inserted@7");
    }

    @Test
    void a_row_that_was_signed_behind_a_forged_one_does_not_pass_when_that_is_taken_away() {
        trail.take(Records.results(0, 10));
        var real = head();
        var reading = new RecordReading(new TopicOrder(), new Redaction(trail.keys));
        var forged = new Head(real.partition(), 50, 40, real.digest());
        var rows = Records.results(50, 1).stream().map(reading::row).toList();
        trail.tamper("UPDATE audit_positions SET seq = 40, next_offset = 50");
        trail.trail.append(List.of(trail.trail.extension(forged, rows)));

        assertThat(trail.breaks()).containsExactly("removed@10");
    }

    @Test
    void what_a_topic_dropped_is_counted_once_however_often_it_is_told() {
        trail.sink.missed(Records.RESULTS, 20, 21);
        trail.sink.missed(Records.RESULTS, 20, 21);
        assertThat(trail.registry.get("captcha.audit.missed.offsets").counter().count())
                .isEqualTo(1);

        trail.sink.missed(Records.RESULTS, 20, 25);
        trail.sink.missed(Records.RESULTS, 30, 31);
        assertThat(trail.registry.get("captcha.audit.missed.offsets").counter().count())
                .isEqualTo(6);
    }

    @Test
    void rows_that_are_stored_and_pruned_and_what_was_verified_are_metrics() {
        trail.take(Records.results(0, 20));
        trail.tamper("UPDATE audit_events SET status = 'failed' WHERE record_offset IN (7, 8)");
        trail.verification.verify();
        assertThat(trail.registry.get("captcha.audit.rows").counter().count()).isEqualTo(20);
        assertThat(trail.registry.get("captcha.audit.verified").gauge().value())
                .isEqualTo((double) Records.NOON.getEpochSecond());
        assertThat(trail.registry.get("captcha.audit.breaks").gauge().value()).isEqualTo(2);

        trail.clock.advance(Duration.ofDays(91));
        trail.retention.prune();
        assertThat(trail.registry.get("captcha.audit.pruned.rows").counter().count())
                .isEqualTo(7);
    }

    @Test
    void what_an_older_copy_of_the_database_lacks_is_read_again_and_the_trail_is_whole() {
        var records = Records.results(0, 25);
        trail.take(records.subList(0, 20));
        trail.keeper.keep();
        cutOffBehind(10);

        trail.take(records.subList(10, 25));

        assertThat(trail.rows()).isEqualTo(25);
        assertThat(trail.breaks()).isEmpty();
    }

    @Test
    void after_a_kill_the_head_that_was_kept_is_older_than_the_table_and_that_is_no_break() throws Exception {
        trail.take(Records.results(0, 10));
        trail.keeper.keep();
        var file = directory.resolve("audit-heads");
        var older = Files.readString(file);
        trail.take(Records.results(10, 10));
        trail.close();
        Files.writeString(file, older);
        trail = new TestTrail(url, directory);

        assertThat(trail.breaks()).isEmpty();
    }

    @Test
    void of_very_many_breaks_all_are_counted_and_some_are_named() {
        for (int i = 0; i < 3; i++) {
            trail.take(Records.results(i * 500L, 500));
        }
        trail.tamper("UPDATE audit_events SET status = 'failed'");

        var verdict = trail.verification.verify();

        assertThat(verdict.found()).isEqualTo(1500);
        assertThat(verdict.breaks()).hasSize(ChainWalk.MOST_BREAKS);
    }

    @Test
    void retention_prunes_the_old_end_and_the_rest_still_verifies() {
        trail.take(Records.results(0, 1200));
        trail.keeper.keep();
        trail.clock.advance(Duration.ofDays(90).plusSeconds(1100));

        trail.retention.prune();

        assertThat(trail.rows()).isEqualTo(100);
        assertThat(trail.breaks()).isEmpty();
        assertThat(trail.take(Records.results(1200, 10))).isEqualTo(Taken.STORED);
        trail.tamper("DELETE FROM audit_events WHERE record_offset = 1100");
        assertThat(trail.breaks()).containsExactly("removed@1100");
    }

    @Test
    void retention_may_prune_everything_and_the_chain_goes_on() {
        trail.take(Records.results(0, 10));
        trail.clock.advance(Duration.ofDays(91));
        trail.retention.prune();
        assertThat(trail.rows()).isZero();
        assertThat(trail.breaks()).isEmpty();

        trail.take(Records.results(10, 5));

        assertThat(trail.rows()).isEqualTo(5);
        assertThat(trail.breaks()).isEmpty();
    }

    @Test
    void retention_prunes_by_itself_and_500_rows_at_a_time() throws Exception {
        trail.take(Records.results(0, 600));
        trail.keeper.keep();
        trail.clock.advance(Duration.ofDays(91));
        assertThat(trail.retention.step(Records.RESULTS, trail.clock.instant())).isEqualTo(500);
        assertThat(trail.rows()).isEqualTo(100);

        try (var retention = trail.retention(Duration.ofMillis(10))) {
            retention.start();
            await().until(() -> trail.rows() == 0);
            trail.take(Records.results(600, 10));
            await().until(() -> trail.rows() == 0);
        }
    }

    @Test
    void retention_does_not_prune_the_evidence_that_a_tail_was_cut_off() {
        trail.take(Records.results(0, 20));
        trail.keeper.keep();
        cutOffBehind(10);
        trail.take(Records.results(30, 20));
        trail.keeper.keep();
        trail.clock.advance(Duration.ofDays(91));
        trail.retention.prune();

        assertThat(trail.breaks()).containsExactly("changed@39");
    }

    @Test
    void nobody_prunes_by_writing_an_old_time_into_a_row() {
        trail.take(Records.results(0, 20));
        trail.tamper("UPDATE audit_events SET record_at = 0 WHERE record_offset < 5");

        trail.retention.prune();

        assertThat(trail.rows()).isEqualTo(20);
        assertThat(trail.breaks()).containsExactly("changed@0", "changed@1", "changed@2", "changed@3", "changed@4");
    }

    @Test
    void pages_show_every_row_once_in_the_order_of_time() {
        trail.take(Records.results(0, 25));
        var shown = new ArrayList<Long>();
        var query = asked("limit=7");
        for (var page = trail.queries.page(query); !page.isEmpty(); page = trail.queries.page(query)) {
            page.forEach(link -> shown.add(link.row().offset()));
            query = query.behind(Cursor.of(page.getLast()), 7);
        }
        assertThat(shown).hasSize(25).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void pages_show_rows_of_the_same_time_once_each() {
        for (var topic : List.of(Topics.ATTEMPTS, Topics.ADMITTED, Topics.SUBMITTED)) {
            for (int number = 0; number < 2; number++) {
                var partition = new Partition(topic.name(), number);
                trail.take(LongStream.range(0, 4)
                        .mapToObj(offset -> Records.raw(partition, offset))
                        .toList());
            }
        }
        for (int limit = 1; limit < 7; limit++) {
            var shown = new ArrayList<String>();
            var query = asked("limit=" + limit);
            for (var page = trail.queries.page(query); !page.isEmpty(); page = trail.queries.page(query)) {
                page.forEach(link -> shown.add(link.row().partition() + "@" + link.seq()));
                query = query.behind(Cursor.of(page.getLast()), limit);
            }
            assertThat(shown).hasSize(24).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void what_no_database_can_be_asked_for_is_not_asked() {
        assertThat(trail.queries.about("r-\0")).isEmpty();
        assertThatThrownBy(() -> asked("status=\0")).isInstanceOf(PageQuery.Misunderstood.class);
    }

    @Test
    void a_page_begins_at_its_cursor_or_at_its_time_whichever_is_later() {
        trail.take(Records.results(0, 10));
        var third = Cursor.of(trail.queries.page(asked("limit=10")).get(3));

        assertThat(offsets("from=2026-11-01T12:00:02Z&after=" + third.text())).containsExactly(4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(offsets("from=2026-11-01T12:00:08Z&after=" + third.text())).containsExactly(8L, 9L);
    }

    @Test
    void pages_are_of_a_time_a_status_a_route_and_an_id() {
        trail.take(Records.results(0, 10));
        trail.take(List.of(Records.record(Topics.ATTEMPTS, 0, Records.NOON, Records.attempt("r-3", 1))));

        assertThat(offsets("from=2026-11-01T12:00:03Z&to=2026-11-01T12:00:06Z")).containsExactly(3L, 4L, 5L);
        assertThat(offsets("status=solved")).hasSize(10);
        assertThat(offsets("status=failed")).isEmpty();
        assertThat(offsets("route=login&status=solved&from=2026-11-01T12:00:09Z"))
                .containsExactly(9L);
        assertThat(offsets("id=r-3")).containsExactly(0L, 3L);
    }

    @Test
    void what_belongs_to_a_request_is_found_by_its_id_and_by_that_of_each_of_its_tasks() {
        trail.take(Records.results(0, 5));
        trail.take(List.of(
                Records.record(Topics.ATTEMPTS, 0, Records.NOON, Records.attempt("r-3", 1)),
                Records.record(Topics.ATTEMPTS, 1, Records.NOON, Records.attempt("r-4", 1))));
        var task = Records.solved("r-3").taskId().value();

        assertThat(trail.queries.about("r-3")).hasSize(2);
        assertThat(trail.queries.about(task)).hasSize(2);
        assertThat(trail.queries.about("r-9")).isEmpty();
    }

    @Test
    void another_key_is_refused_and_changes_nothing() {
        trail.take(Records.results(0, 5));

        assertThatThrownBy(() -> open(AuditKeys.from(new Secret("another key of 16 letters"))))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("AUDIT_KEY");
        assertThat(trail.breaks()).isEmpty();
    }

    @Test
    void tables_of_a_newer_program_are_refused() {
        trail.tamper("INSERT INTO audit_schema_history (installed_rank, version, description, type, script, checksum,"
                + " installed_by, execution_time, success) VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x',"
                + " 1, " + (url.contains("sqlite") ? "1" : "true") + ")");

        assertThatThrownBy(() -> open(trail.keys))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContainingAll("AUDIT_DATABASE_URL", "version 99", "newer");
    }

    @Test
    void a_migration_that_fails_halfway_leaves_nothing_behind() throws Exception {
        var fresh = Engine.of(new Secret(freshUrl()));
        var migrations = new Migrations(fresh, "classpath:io/captchapipeline/audit/failing");

        assertThatThrownBy(() -> migrations.run(fresh.unpooled())).isInstanceOf(RuntimeException.class);

        try (var connection = fresh.unpooled().getConnection();
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("SELECT * FROM half_made"))
                    .isInstanceOf(java.sql.SQLException.class);
        }
    }

    @Test
    void somebody_elses_database_is_refused() throws Exception {
        var theirs = Engine.of(new Secret(freshUrl()));
        try (var connection = theirs.unpooled().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders (id INTEGER)");
        }

        assertThatThrownBy(() -> new Database(theirs, trail.keys).start())
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("database of its own");
    }

    private void open(AuditKeys keys) {
        try (var database = new Database(Engine.of(new Secret(url)), keys)) {
            database.start();
        }
    }

    private List<Long> offsets(String parameters) {
        return trail.queries.page(asked(parameters)).stream()
                .map(link -> link.row().offset())
                .toList();
    }

    private static PageQuery asked(String parameters) {
        var map = io.vertx.core.MultiMap.caseInsensitiveMultiMap();
        for (var parameter : parameters.split("&")) {
            var is = parameter.indexOf('=');
            map.add(parameter.substring(0, is), parameter.substring(is + 1));
        }
        return PageQuery.read(map);
    }

    private Head head() {
        return Objects.requireNonNull(trail.trail.heads(Set.of(Records.RESULTS)).get(Records.RESULTS));
    }

    /// As one does who knows how the tables hang together.
    private void cutOffBehind(int rows) {
        trail.tamper("UPDATE audit_positions SET seq = " + rows + ", next_offset = " + rows
                + ", digest = (SELECT digest FROM audit_events WHERE seq = " + rows + ")");
        trail.tamper("DELETE FROM audit_events WHERE seq > " + rows);
    }
}
