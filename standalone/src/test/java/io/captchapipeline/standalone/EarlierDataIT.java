package io.captchapipeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A data directory that an earlier version left behind is opened by this one. In each lie the requests
/// `earlier-solved`, `earlier-failed`, and `earlier-pending`, which waited for its solver when `up` was stopped.
///
/// To keep one more, at a release: `up` in an empty directory with [#KEPT_WITH]; the three requests, with `solve_ms`
/// and
/// `fail_rate` of the sandbox as they need it; SIGTERM; and what `DATA_DIR` holds then, zipped, as its version.
class EarlierDataIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Set<String> ENDED = Set.of("solved", "failed");
    private static final ObjectMapper JSON = new ObjectMapper();
    /// As it was kept with, so that nothing of it is ever too old.
    private static final Map<String, String> KEPT_WITH = Map.of(
            "DEDUP_RETENTION", "36500d",
            "AUDIT_RETENTION", "36500d",
            "TOPIC_PARTITIONS", "2");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = "0.1.0")
    void what_an_earlier_version_left_is_remembered_and_goes_on(String version) throws Exception {
        var home = Home.in(directory).with(KEPT_WITH);
        unpack(version, home.data());

        try (var _ = home.up().untilReady()) {
            await("the pending request to end")
                    .atMost(PATIENCE)
                    .until(() -> ENDED.contains(status(home, "earlier-pending")));
            assertThat(status(home, "earlier-failed")).isEqualTo("failed");

            assertThat(submitted(home, "earlier-solved")).contains("was solved, and its solution has expired");
            assertThat(submitted(home, "new")).contains("solved  new");

            var posted = get(home, "SANDBOX_PORT", "/sandbox/tasks").path("by_request");
            assertThat(posted.path("earlier-solved").path("accepted").asInt()).isEqualTo(1);
            assertThat(posted.path("new").path("accepted").asInt()).isEqualTo(1);
            var trail = get(home, "AUDIT_PORT", "/audit/verify");
            assertThat(trail.path("intact").asBoolean()).isTrue();
            assertThat(trail.path("rows").asInt()).isGreaterThan(20);
        }
    }

    /// What somebody is told who asks for it.
    private static String submitted(Home home, String requestId) throws InterruptedException {
        try (var submit = home.command(
                "submit", "turnstile", "sitekey=k", "pageurl=https://example.com", "--request-id", requestId)) {
            var _ = submit.endsWithin(PATIENCE);
            return submit.out() + submit.err();
        }
    }

    private static String status(Home home, String requestId) throws Exception {
        return get(home, "RESULTS_PORT", "/results/" + requestId).path("status").asText();
    }

    private static JsonNode get(Home home, String port, String path) throws Exception {
        return JSON.readTree(home.get(port, path).body());
    }

    private static void unpack(String version, Path target) throws IOException {
        try (var zip = new ZipInputStream(found(version))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var file = target.resolve(entry.getName());
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.copy(zip, file);
            }
        }
    }

    private static InputStream found(String version) {
        return Objects.requireNonNull(EarlierDataIT.class.getResourceAsStream("/earlier/" + version + ".zip"), version);
    }
}
