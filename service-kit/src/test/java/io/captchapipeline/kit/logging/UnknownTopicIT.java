package io.captchapipeline.kit.logging;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.FilterReply;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@WithKafka
class UnknownTopicIT {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        root.addAppender(logged);
    }

    @AfterEach
    void listenNoMore() {
        root.detachAppender(logged);
    }

    @Test
    void what_kafkas_admin_client_says_of_a_topic_nobody_knows_is_thrown_and_not_printed(KafkaCluster kafka) {
        try (var admin = Admin.create(
                Map.<String, Object>of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
            var offsets = admin.listOffsets(Map.of(new TopicPartition("never-made", 0), OffsetSpec.latest()));

            assertThatThrownBy(() -> offsets.all().get(30, SECONDS))
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }

        assertThat(logged.list).anySatisfy(event -> {
            assertThat(event.getFormattedMessage()).contains("never-made");
            assertThat(root.getAppender("console").getFilterChainDecision(event))
                    .isEqualTo(FilterReply.DENY);
        });
    }
}
