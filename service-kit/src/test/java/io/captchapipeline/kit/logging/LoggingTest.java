package io.captchapipeline.kit.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.FilterReply;
import io.captchapipeline.kit.settings.LogFormat;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LoggingTest {

    private final LoggerContext loggers = new LoggerContext();

    LoggingTest() {
        loggers.setMDCAdapter(new LogbackMDCAdapter());
    }

    @Test
    void a_line_for_people_has_the_message_and_its_keys() {
        assertThat(encoded(LogFormat.TEXT))
                .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  LoggingTest: Refused reason=late attempt=2\\R");
    }

    @Test
    void a_line_for_machines_is_one_json_object_with_the_keys_as_fields() {
        var line = new JsonObject(encoded(LogFormat.JSON));

        assertThat(line.getString("message")).isEqualTo("Refused");
        assertThat(line.getString("log.level")).isEqualTo("WARN");
        assertThat(line.getString("reason")).isEqualTo("late");
        assertThat(line.getString("@timestamp")).isNotBlank();
    }

    @Test
    void the_environment_chooses_how_much_is_said() {
        Logging.configure(loggers, Map.of("LOG_LEVEL", "debug"), ConsoleTarget.SystemOut);

        assertThat(loggers.getLogger("io.captchapipeline").isDebugEnabled()).isTrue();
        assertThat(loggers.getLogger("org.apache.kafka.clients.producer.ProducerConfig")
                        .isInfoEnabled())
                .isFalse();
    }

    @Test
    void a_level_that_does_not_exist_is_left_to_the_settings_to_refuse() {
        Logging.configure(loggers, Map.of("LOG_LEVEL", "loud"), ConsoleTarget.SystemOut);

        assertThat(loggers.getLogger("any").getEffectiveLevel()).isEqualTo(Level.INFO);
    }

    @Test
    void what_the_admin_client_was_refused_is_printed() {
        Logging.configure(loggers, Map.of(), ConsoleTarget.SystemOut);
        var admin = loggers.getLogger("org.apache.kafka.clients.admin.internals.PartitionLeaderStrategy");
        var refused = new LoggingEvent(
                "fqcn", admin, Level.ERROR, "Received authorization failure for topic x", null, new Object[0]);

        var console = loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("console");

        assertThat(console.getFilterChainDecision(refused)).isEqualTo(FilterReply.NEUTRAL);
    }

    private String encoded(LogFormat format) {
        var event = new LoggingEvent(
                "fqcn", loggers.getLogger(LoggingTest.class), Level.WARN, "Refused", null, new Object[0]);
        event.setKeyValuePairs(List.of(new KeyValuePair("reason", "late"), new KeyValuePair("attempt", 2)));
        return new String(Logging.encoder(loggers, format).encode(event), UTF_8);
    }
}
