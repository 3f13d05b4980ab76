package io.captchapipeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What one `up` leaves to the next.
class UpAgainIT {

    private static final Duration DRAIN = Duration.ofSeconds(20);

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

    @Test
    void every_request_has_one_outcome_though_up_was_killed_halfway() throws Exception {
        var home = Home.in(directory);
        try (var killed = home.up().untilReady();
                var submit = home.command(
                        "submit",
                        "turnstile",
                        "sitekey=k",
                        "pageurl=https://example.com",
                        "--count",
                        "100",
                        "--request-id",
                        "r",
                        "--timeout",
                        "60s")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> submit.out().contains("solved"));
            killed.kill();
        }

        try (var _ = home.up().untilReady()) {
            await().atMost(Duration.ofSeconds(90)).until(() -> outcomes(home).size() >= 100);
            assertThat(outcomes(home)).doesNotHaveDuplicates().hasSize(100);
            try (var verified = home.command("audit", "--verify")) {
                assertThat(verified.endsWithin(DRAIN)).as(verified::out).isZero();
            }
        }
    }

    private static List<String> outcomes(Home home) {
        return Stream.of("captcha-solved", "captcha-failed")
                .flatMap(topic -> home.committed(topic).stream())
                .toList();
    }

    @Test
    void fresh_begins_anew() throws Exception {
        var home = Home.in(directory);
        try (var first = home.up().untilReady()) {
            assertThat(home.callBack("1", "before").statusCode()).isEqualTo(200);
            first.terminate();
            assertThat(first.endsWithin(DRAIN)).isZero();
        }

        try (var _ = home.up("--fresh").untilReady()) {
            assertThat(home.results()).isEmpty();
        }
    }
}
