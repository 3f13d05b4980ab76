package io.captchapipeline.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.captchapipeline.schemas.event.Route;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicsTest {
    private static final Route LOGIN = new Route("login");
    private static final String HOUR = "3600000";
    private static final String DAY = "86400000";

    @ParameterizedTest
    @CsvSource({
        "captcha-submit,     3145728, LogAppendTime, 604800000",
        "captcha-admitted,   4194304, CreateTime,    604800000",
        "captcha-attempts,   4194304, LogAppendTime, 604800000",
        "captcha-submitted,  4194304, LogAppendTime, 604800000",
        "captcha-overdue,    4194304, CreateTime,    604800000",
        "captcha-failure-digests, 4194304, CreateTime, 604800000",
        "captcha-alerts,     4194304, CreateTime,    2592000000",
        "captcha-dead-letters, 4194304, CreateTime,  2592000000"
    })
    void what_is_kept_for_days_is_kept_in_segments_of_a_day(String name, String bytes, String time, String retention) {
        assertThat(topic(name).configs()).isEqualTo(deleting(bytes, time, retention, DAY));
    }

    @ParameterizedTest
    @CsvSource({
        "captcha-links,   LogAppendTime, 86400000",
        "captcha-results, LogAppendTime, 86400000",
        "captcha-reports, LogAppendTime, 86400000",
        "captcha-solved,  CreateTime,    86400000",
        "captcha-failed,  CreateTime,    86400000",
        "captcha-clock,   LogAppendTime, 3600000",
        "captcha-alerting-clock, LogAppendTime, 3600000",
        "captcha-alerting-figures, CreateTime, 86400000"
    })
    void what_is_kept_for_a_day_at_most_is_kept_in_segments_of_an_hour(String name, String time, String retention) {
        assertThat(topic(name).configs()).isEqualTo(deleting("4194304", time, retention, HOUR));
    }

    @ParameterizedTest
    @CsvSource({"captcha-delivery", "captcha-callback-health", "captcha-solver-health"})
    void of_snapshots_the_newest_is_kept(String name) {
        assertThat(topic(name).configs())
                .isEqualTo(Map.of(
                        "max.message.bytes", "4194304",
                        "message.timestamp.type", "CreateTime",
                        "cleanup.policy", "compact"));
    }

    @Test
    void there_are_these_topics_and_no_other() {
        assertThat(Topics.all())
                .extracting(Topic::name)
                .containsExactly(
                        "captcha-submit",
                        "captcha-admitted",
                        "captcha-clock",
                        "captcha-links",
                        "captcha-attempts",
                        "captcha-submitted",
                        "captcha-results",
                        "captcha-overdue",
                        "captcha-solved",
                        "captcha-failed",
                        "captcha-reports",
                        "captcha-alerts",
                        "captcha-alerting-clock",
                        "captcha-alerting-figures",
                        "captcha-failure-digests",
                        "captcha-delivery",
                        "captcha-callback-health",
                        "captcha-solver-health",
                        "captcha-dead-letters");
    }

    @Test
    void a_route_has_a_topic_of_its_own_for_each_kind_of_outcome() {
        assertThat(Topics.all(List.of(LOGIN)))
                .extracting(Topic::name)
                .hasSize(Topics.all().size() + 2)
                .contains("captcha-solved.login", "captcha-failed.login");
    }

    @Test
    void a_routes_topic_is_kept_like_the_plain_one() {
        assertThat(Topics.SOLVED.forRoute(LOGIN).configs()).isEqualTo(Topics.SOLVED.configs());
    }

    @Test
    void only_outcomes_go_by_route() {
        assertThatThrownBy(() -> Topics.RESULTS.forRoute(LOGIN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Topics.SOLVED.forRoute(LOGIN).forRoute(LOGIN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_service_may_open_what_it_declares() {
        assertThat(Pipeline.INGRESS_CALLBACK.mayWrite(Topics.RESULTS)).isTrue();
        assertThat(Pipeline.INGRESS_CALLBACK.mayRead(Topics.DELIVERY)).isTrue();
        assertThat(Pipeline.RESULT_ROUTER.mayRead(Topics.SUBMIT)).isTrue();
    }

    @Test
    void a_service_may_open_nothing_else() {
        assertThat(Pipeline.INGRESS_CALLBACK.mayRead(Topics.RESULTS)).isFalse();
        assertThat(Pipeline.INGRESS_CALLBACK.mayWrite(Topics.SOLVED)).isFalse();
        assertThat(Pipeline.AUDIT_SINK.mayRead(Topics.CLOCK)).isFalse();
        assertThat(Pipeline.AUDIT_SINK.mayWrite(Topics.DEAD_LETTERS)).isFalse();
    }

    @Test
    void whoever_may_open_a_topic_may_open_its_routes() {
        assertThat(Pipeline.RESULT_ROUTER.mayWrite(Topics.SOLVED.forRoute(LOGIN)))
                .isTrue();
        assertThat(Pipeline.AUDIT_SINK.mayRead(Topics.FAILED.forRoute(LOGIN))).isTrue();
        assertThat(Pipeline.INGRESS_CALLBACK.mayWrite(Topics.SOLVED.forRoute(LOGIN)))
                .isFalse();
    }

    @Test
    void what_ours_write_ours_or_the_neighbours_read() {
        var read = Stream.concat(Pipeline.services().stream(), Pipeline.neighbours().stream())
                .flatMap(service -> service.reads().stream());

        assertThat(read).containsAll(Topics.all());
    }

    @Test
    void what_one_task_puts_together_has_one_partition_whatever_is_chosen() {
        assertThat(Topics.all())
                .filteredOn(topic -> topic.partitions(12) == 1)
                .containsExactly(Topics.ALERTING_FIGURES, Topics.FAILURE_DIGESTS);
        assertThat(Topics.RESULTS.partitions(12)).isEqualTo(12);
    }

    @Test
    void the_audit_trail_holds_all_but_what_is_internal_and_the_snapshots() {
        assertThat(Pipeline.AUDIT_SINK.reads())
                .doesNotContain(
                        Topics.CLOCK,
                        Topics.LINKS,
                        Topics.ALERTING_CLOCK,
                        Topics.ALERTING_FIGURES,
                        Topics.DELIVERY,
                        Topics.CALLBACK_HEALTH,
                        Topics.SOLVER_HEALTH)
                .hasSize(Topics.all().size() - 7);
    }

    private static Topic<?> topic(String name) {
        return Topics.all().stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> deleting(String bytes, String time, String retention, String segment) {
        return Map.of(
                "max.message.bytes", bytes,
                "message.timestamp.type", time,
                "cleanup.policy", "delete",
                "retention.ms", retention,
                "segment.ms", segment);
    }
}
