package io.captchapipeline.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.InvalidSettings;
import io.captchapipeline.kit.testing.InMemoryContext;
import io.captchapipeline.schemas.topic.Pipeline;
import io.captchapipeline.schemas.topic.ServiceContract;
import io.captchapipeline.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceMainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void settings_are_printed_instead_of_started() {
        var exit = start(Map.of("CALLBACK_SECRET", "hunter2"), "--settings");

        assertThat(exit).isEqualTo(ExitCode.OK);
        assertThat(out.toString(UTF_8)).contains("CALLBACK_SECRET", "***").doesNotContain("hunter2");
    }

    @Test
    void wrong_settings_end_the_process_with_78_and_every_problem() {
        var exit = start(Map.of("INGRESS_PORT", "x", "LOG_LEVLE", "debug"));

        assertThat(exit).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(err.toString(UTF_8)).contains("INGRESS_PORT", "CALLBACK_SECRET", "did you mean LOG_LEVEL?");
    }

    @Test
    void an_unknown_argument_ends_the_process_with_2() {
        assertThat(start(Map.of(), "--verbose")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString(UTF_8)).contains("Usage: ingress-callback [--settings]");
    }

    @Test
    void a_broker_that_is_not_there_ends_the_process_with_1() {
        var exit = start(Map.of("CALLBACK_SECRET", "s", "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1"));

        assertThat(exit).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString(UTF_8)).contains("Kafka does not answer at 127.0.0.1:1", "set KAFKA_BOOTSTRAP_SERVERS");
    }

    @Test
    void a_host_that_is_not_known_is_told_just_so() {
        var exit = start(Map.of("CALLBACK_SECRET", "s", "KAFKA_BOOTSTRAP_SERVERS", "nowhere.invalid:9092"));

        assertThat(exit).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString(UTF_8)).contains("Kafka does not answer at nowhere.invalid:9092");
    }

    @Test
    void what_the_services_themselves_refuse_is_told_together() {
        var definitions = List.of(refusing(Pipeline.RESULT_ROUTER, "one"), refusing(Pipeline.ALERTING, "two"));

        assertThatThrownBy(() -> ServiceMain.runAll(definitions, Environment.of(Map.of())))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("one")
                .hasMessageContaining("two");
    }

    @Test
    void a_service_opens_no_topic_that_the_pipeline_does_not_give_it() {
        try (var context = new InMemoryContext(Pipeline.INGRESS_CALLBACK, Clock.systemUTC())) {
            context.publisher(Topics.RESULTS);

            assertThatThrownBy(() -> context.publisher(Topics.SOLVED))
                    .isInstanceOf(ForbiddenTopic.class)
                    .hasMessageContaining("ingress-callback may not write captcha-solved")
                    .hasMessageContaining("Pipeline");
        }
    }

    private int start(Map<String, String> variables, String... args) {
        return ServiceMain.start(
                new ServiceDefinition<>(Pipeline.INGRESS_CALLBACK, settings -> settings, (_, _) -> Running.all()),
                Environment.of(variables),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                args);
    }

    private static ServiceDefinition<Object> refusing(ServiceContract contract, String problem) {
        return new ServiceDefinition<>(
                contract,
                _ -> {
                    throw new InvalidSettings(List.of(problem));
                },
                (_, _) -> Running.all());
    }
}
