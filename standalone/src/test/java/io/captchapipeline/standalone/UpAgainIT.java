package io.captchapipeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What one `up` leaves to the next.
class UpAgainIT {

    private static final Duration DRAIN = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofMinutes(4);
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    private static final int REQUESTS = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    @Test
    void what_was_acknowledged_is_there_after_kill_9() throws Exception {
        var home = Home.in(directory);
        try (var killed = home.up().untilReady()) {
            assertThat(home.callBack("1", "before").statusCode()).isEqualTo(200);
            killed.kill();
        }
        var secrets = home.secrets();

        try (var next = home.up().untilReady()) {
            assertThat(home.callBack("2", "after").statusCode()).isEqualTo(200);
            assertThat(home.results())
                    .hasSize(2)
                    .anySatisfy(result -> assertThat(result).contains("before"));
            assertThat(home.secrets()).isEqualTo(secrets);

            next.terminate();
            assertThat(next.endsWithin(DRAIN)).isZero();
        }
        assertThat(home.data().resolve("addresses.properties")).doesNotExist();
    }

    /// What the kill interrupted between an attempt's record and the solver's word is asked again after ten seconds.
    private static final Map<String, String> BRISK =
            Map.of("SUBMIT_RATE", "100/s", "SUBMIT_CONCURRENCY", "100", "ATTEMPT_TIMEOUT", "10s");

    /// So slow that the kill comes halfway on any machine.
    private static final Map<String, String> CALM = Map.of("SUBMIT_RATE", "25/s", "SUBMIT_CONCURRENCY", "100");

    @Test
    void of_1000_requests_killed_halfway_each_has_one_outcome_a_whole_trail_and_its_place_in_the_statistics()
            throws Exception {
        var ports = Home.in(directory);
        var before = killedHalfway(ports.with(CALM));

        var home = ports.with(BRISK);
        try (var _ = home.up().untilReady()) {
            await().atMost(LONGEST)
                    .pollInterval(ONE_SECOND)
                    .until(() -> outcomes(home).size() >= REQUESTS);
            assertThat(outcomes(home)).containsExactlyInAnyOrderElementsOf(requestIds());

            await().atMost(LONGEST).pollInterval(ONE_SECOND).untilAsserted(() -> {
                var delivery = delivery(home);
                assertThat(delivery.path("pending").asInt()).isZero();
                assertThat(delivery.path("since_start").path("delivered").asInt())
                        .isEqualTo(announcedTasks(home))
                        .isGreaterThanOrEqualTo(before);
                assertThat(delivery.path("since_start").path("missed").asInt()).isZero();
            });
            await().atMost(LONGEST).pollInterval(ONE_SECOND).untilAsserted(() -> {
                var verified =
                        JSON.readTree(home.get("AUDIT_PORT", "/audit/verify").body());
                assertThat(verified.path("intact").asBoolean()).isTrue();
                assertThat(verified.path("rows").asInt()).isEqualTo(auditedRecords(home));
            });
        }
    }

    /// @return how many tasks the statistics knew to be called back when it was killed
    private static int killedHalfway(Home home) throws Exception {
        try (var killed = home.up().untilReady();
                var submit = home.command(
                        "submit",
                        "turnstile",
                        "sitekey=k",
                        "pageurl=https://example.com",
                        "--count",
                        Integer.toString(REQUESTS),
                        "--request-id",
                        "r",
                        "--timeout",
                        "240s",
                        "--json")) {
            await().atMost(LONGEST).until(() -> submit.out().lines().count() > REQUESTS / 4);
            await().atMost(LONGEST)
                    .until(() ->
                            delivery(home).path("since_start").path("delivered").asInt() > 0);
            var delivered = delivery(home).path("since_start").path("delivered").asInt();
            killed.kill();
            assertThat(submit.out().lines().count()).isLessThan(REQUESTS);
            return delivered;
        }
    }

    private static List<String> requestIds() {
        return IntStream.rangeClosed(1, REQUESTS)
                .mapToObj(number -> "r-" + number)
                .toList();
    }

    private static List<String> outcomes(Home home) {
        return Stream.of("captcha-solved", "captcha-failed")
                .flatMap(topic -> home.committed(topic).stream())
                .toList();
    }

    private static JsonNode delivery(Home home) throws Exception {
        return JSON.readTree(home.get("ALERTING_PORT", "/delivery").body());
    }

    private static int announcedTasks(Home home) throws Exception {
        var tasks = new HashSet<String>();
        for (var record : home.records("captcha-submitted")) {
            tasks.add(JSON.readTree(record.value()).path("task_id").asText());
        }
        return tasks.size();
    }

    private static int auditedRecords(Home home) {
        return Topics.all().stream()
                .filter(Topic::audited)
                .mapToInt(topic -> home.records(topic.name()).size())
                .sum();
    }

    @Test
    void fresh_begins_anew() throws Exception {
        var home = Home.in(directory);
        try (var first = home.up().untilReady()) {
            assertThat(home.callBack("1", "before").statusCode()).isEqualTo(200);
            first.terminate();
            assertThat(first.endsWithin(DRAIN)).isZero();
            assertThat(first.err()).contains("Stopped").doesNotContain("ERROR");
        }

        try (var _ = home.up("--fresh").untilReady()) {
            assertThat(home.results()).isEmpty();
        }
    }
}
