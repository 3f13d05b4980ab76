package io.captchapipeline.kit.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.FilterReply;
import io.captchapipeline.kit.settings.LogFormat;
import io.captchapipeline.kit.settings.LogLevel;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// Logs to standard output: lines for people, or ECS JSON, as `LOG_FORMAT` and `LOG_LEVEL` say. It is in force from the
/// first line on; a value that cannot be used counts as not set here and is refused when the settings are read.
public final class Logging extends ContextAwareBase implements Configurator {

    private static final String LINE = "%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg%replace( %kvp{NONE}){' $', ''}%n%ex";

    private static final String LEADERS_OF_PARTITIONS =
            "org.apache.kafka.clients.admin.internals.PartitionLeaderStrategy";

    /// Who would otherwise say too much, or dump its configuration, passwords included.
    private static final Map<String, Level> QUIET = Map.ofEntries(
            Map.entry("org.apache.kafka", Level.WARN),
            Map.entry("org.apache.kafka.clients.NetworkClient", Level.ERROR),
            Map.entry("org.apache.kafka.controller.QuorumController", Level.ERROR),
            // Says of every batch that it is tried again; what fails for good is thrown.
            Map.entry("org.apache.kafka.clients.producer.internals.Sender", Level.ERROR),
            // Warns of any DATA_DIR below /tmp.
            Map.entry("org.apache.kafka.streams.processor.internals.StateDirectory", Level.ERROR),
            Map.entry("org.apache.kafka.streams.StreamsConfig", Level.ERROR),
            Map.entry("kafka", Level.WARN),
            Map.entry("kafka.server.ControllerApis", Level.OFF),
            Map.entry("kafka.server.DefaultAutoTopicCreationManager", Level.ERROR),
            Map.entry("state.change.logger", Level.WARN),
            Map.entry("io.vertx", Level.WARN),
            Map.entry("io.netty", Level.WARN),
            // Vert.x asks for the same gauge once an event loop, and shares it among them.
            Map.entry("io.micrometer.core.instrument.MeterRegistry", Level.ERROR),
            Map.entry("io.smallrye", Level.WARN),
            Map.entry("org.flywaydb", Level.WARN),
            Map.entry("com.zaxxer.hikari", Level.WARN));

    static {
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
    }

    /// Found by Logback; everything else asks for [#toStandardError].
    public Logging() {}

    @Override
    public ExecutionStatus configure(LoggerContext loggers) {
        configure(loggers, System.getenv(), ConsoleTarget.SystemOut);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// For commands, whose standard output is their answer.
    public static void toStandardError() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers) {
            configure(loggers, System.getenv(), ConsoleTarget.SystemErr);
        }
    }

    static void configure(LoggerContext loggers, Map<String, String> environment, ConsoleTarget target) {
        loggers.reset();
        var level = Level.toLevel(word(LogLevel.values(), environment.get("LOG_LEVEL"))
                .orElse(LogLevel.INFO)
                .name());
        var format = word(LogFormat.values(), environment.get("LOG_FORMAT")).orElseGet(LogFormat::ofProcess);
        var root = loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(level);
        root.addAppender(appender(loggers, target, encoder(loggers, format)));
        QUIET.forEach((name, quiet) -> loggers.getLogger(name).setLevel(quiet));
    }

    private static ConsoleAppender<ILoggingEvent> appender(
            LoggerContext loggers, ConsoleTarget target, Encoder<ILoggingEvent> encoder) {
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(loggers);
        appender.setName("console");
        appender.setTarget(target.getName());
        appender.setEncoder(encoder);
        appender.addFilter(new UnknownTopic());
        appender.start();
        return appender;
    }

    static Encoder<ILoggingEvent> encoder(LoggerContext loggers, LogFormat format) {
        var encoder = switch (format) {
            case TEXT -> text();
            case JSON -> json();
        };
        encoder.setContext(loggers);
        encoder.start();
        return encoder;
    }

    /// Drops what the admin client says of a topic that a broker does not know, which one made a moment ago may be.
    /// Whoever asked for it is told by an exception too, and Kafka Streams asks again.
    private static final class UnknownTopic extends Filter<ILoggingEvent> {

        @Override
        public FilterReply decide(ILoggingEvent event) {
            return event.getLoggerName().equals(LEADERS_OF_PARTITIONS)
                            && event.getFormattedMessage().contains("unknown topic error")
                    ? FilterReply.DENY
                    : FilterReply.NEUTRAL;
        }
    }

    private static Encoder<ILoggingEvent> text() {
        var encoder = new PatternLayoutEncoder();
        encoder.setPattern(LINE);
        return encoder;
    }

    private static Encoder<ILoggingEvent> json() {
        var encoder = new EcsWithKeys();
        encoder.setServiceName("captcha-pipeline");
        return encoder;
    }

    private static <E extends Enum<E>> Optional<E> word(E[] words, @Nullable String text) {
        return Arrays.stream(words)
                .filter(word -> text != null && word.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
