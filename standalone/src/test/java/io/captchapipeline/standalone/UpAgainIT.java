package io.captchapipeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
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
