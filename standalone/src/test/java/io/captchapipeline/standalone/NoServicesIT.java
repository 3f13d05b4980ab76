package io.captchapipeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands against a broker where all topics are and no service runs.
@WithKafka(own = true)
class NoServicesIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void a_request_without_an_outcome_ends_with_a_code_of_its_own_and_says_where_to_look(KafkaCluster kafka)
            throws Exception {
        var environment = Map.of("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(), "TOPIC_REPLICATION", "1");
        try (var create = CaptchaProcess.start(directory, environment, "topics", "create")) {
            assertThat(create.endsWithin(SOON)).as(create::err).isZero();
        }

        try (var submit = CaptchaProcess.start(
                directory, environment, "submit", "turnstile", "sitekey=k", "--timeout", "1s", "--request-id", "r-1")) {
            assertThat(submit.endsWithin(SOON)).as(submit::err).isEqualTo(4);
            assertThat(submit.err())
                    .contains("Not looked up whether it has its outcome already", "No outcome of r-1 (queued)")
                    .contains("./captcha audit r-1", "./captcha doctor");
            assertThat(submit.out()).isEmpty();
        }
        assertThat(kafka.readAll("captcha-submit")).hasSize(1);
    }
}
