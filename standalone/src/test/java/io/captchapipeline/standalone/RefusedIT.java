package io.captchapipeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What cannot work ends by itself, with its reason, what to do, and no stack trace.
class RefusedIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String NOBODY = "127.0.0.1:1";

    @TempDir
    private Path directory;

    @Test
    void misspelt_and_unusable_settings_are_all_named() throws Exception {
        var environment = new HashMap<>(Home.in(directory).environment());
        environment.put("CALBACK_SECRET", "x");
        environment.put("TOPIC_PARTITIONS", "many");

        assertThat(refusal(78, environment, "up"))
                .contains("CALBACK_SECRET is no setting: did you mean CALLBACK_SECRET?")
                .contains("TOPIC_PARTITIONS is 'many'");
    }

    @Test
    void two_ports_that_are_one_are_refused() throws Exception {
        var home = Home.in(directory);
        var environment = new HashMap<>(home.environment());
        environment.put("INGRESS_PORT", Integer.toString(home.kafka()));

        assertThat(refusal(78, environment, "up")).contains("KAFKA_PORT and INGRESS_PORT are both " + home.kafka());
    }

    @Test
    void a_data_directory_that_cannot_be_is_named() throws Exception {
        var file = Files.createFile(directory.resolve("file"));
        var data = file.resolve("data").toString();

        assertThat(refusal(1, Home.in(directory).environment(), "up", "--data", data))
                .contains("The data directory " + data + " cannot be used", "--data or DATA_DIR");
    }

    @Test
    void fresh_deletes_nothing_that_is_not_ours() throws Exception {
        var foreign = Files.createDirectory(directory.resolve("data"));
        var theirs = Files.createFile(foreign.resolve("thesis.tex"));

        assertThat(refusal(1, Home.in(directory).environment(), "up", "--fresh"))
                .contains(foreign + " was not made by ./captcha up");
        assertThat(theirs).exists();
    }

    @Test
    void a_service_without_a_broker_says_where_it_looked() throws Exception {
        var environment = Map.of("KAFKA_BOOTSTRAP_SERVERS", NOBODY, "CALLBACK_SECRET", "s");

        assertThat(refusal(1, environment, "run", "ingress-callback"))
                .contains("Kafka does not answer at " + NOBODY, "KAFKA_BOOTSTRAP_SERVERS");
    }

    @Test
    void topics_without_a_broker_says_where_it_looked() throws Exception {
        assertThat(refusal(1, Map.of("KAFKA_BOOTSTRAP_SERVERS", NOBODY), "topics"))
                .contains("Kafka does not answer at " + NOBODY, "KAFKA_BOOTSTRAP_SERVERS");
    }

    @Test
    void an_unknown_service_is_wrong_usage() throws Exception {
        assertThat(refusal(2, Map.of(), "run", "nobody"))
                .contains("no service is named 'nobody'; known: ingress-callback", "Usage: captcha run");
    }

    @Test
    void an_unknown_command_is_wrong_usage() throws Exception {
        assertThat(refusal(2, Map.of(), "solve")).contains("'solve'", "Usage: captcha");
    }

    @Test
    void the_settings_of_a_service_are_shown_without_its_secrets() throws Exception {
        var environment = Map.of("CALLBACK_SECRET", "not-to-be-seen", "INGRESS_PORT", "8181");
        try (var shown = CaptchaProcess.start(directory, environment, "run", "ingress-callback", "--settings")) {
            assertThat(shown.endsWithin(SOON)).isZero();
            assertThat(shown.out())
                    .containsPattern("INGRESS_PORT +8181 +environment")
                    .containsPattern("CALLBACK_SECRET +\\*\\*\\*")
                    .doesNotContain("not-to-be-seen");
        }
    }

    private String refusal(int exit, Map<String, String> environment, String... arguments) throws Exception {
        try (var refused = CaptchaProcess.start(directory, environment, arguments)) {
            assertThat(refused.endsWithin(SOON)).isEqualTo(exit);
            assertThat(refused.out()).doesNotContain("READY");
            assertThat(refused.err()).isNotBlank().doesNotContain("\tat ");
            return refused.err();
        }
    }
}
