package io.captchapipeline.kit.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.captchapipeline.broker.BrokerConfig;
import io.captchapipeline.broker.EmbeddedBroker;
import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicAdminIT {

    @TempDir
    private Path directory;

    private EmbeddedBroker broker;

    @BeforeEach
    void startBroker() {
        broker = EmbeddedBroker.start(BrokerConfig.in(directory));
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void topics_are_created_once_as_the_map_wants_them_and_those_of_the_routes_too() {
        var settings = Settings.read(Environment.of(Map.of("ROUTES", "login")), List.of(Catalogue.ROUTER));
        var wanted = TopicAdmin.wanted(settings);
        try (var admin = admin(6, 1)) {
            assertThat(admin.create(wanted))
                    .hasSize(Topics.all().size() + 2)
                    .contains("captcha-solved.login", "captcha-failed.login", "captcha-results");
            assertThat(admin.create(wanted)).isEmpty();

            assertThat(admin.check(wanted)).isEmpty();
            assertThat(admin.describe(wanted)).allSatisfy(state -> {
                assertThat(state.partitions()).isEqualTo(state.topic().partitions(6));
                assertThat(state.configs()).containsAllEntriesOf(state.topic().configs());
            });
        }
    }

    @Test
    void a_missing_topic_or_a_wrong_partition_count_forbids_the_start_and_all_are_named() {
        try (var three = admin(3, 1);
                var six = admin(6, 1)) {
            three.create(List.of(Topics.RESULTS));

            assertThatThrownBy(() -> six.check(List.of(Topics.RESULTS, Topics.SOLVED)))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("captcha-results has 3 partitions, not 6")
                    .hasMessageContaining("captcha-solved is missing: run ./captcha topics create");
        }
    }

    @Test
    void a_topic_for_one_task_has_one_partition_whatever_is_chosen() {
        try (var six = admin(6, 1)) {
            six.create(List.of(Topics.ALERTING_FIGURES));

            assertThat(six.describe(List.of(Topics.ALERTING_FIGURES)).getFirst().partitions())
                    .isEqualTo(1);
            assertThat(six.check(List.of(Topics.ALERTING_FIGURES))).isEmpty();
        }
    }

    @Test
    void other_differences_are_told_and_forbid_nothing() {
        var longer = new Topic<>(
                Topics.RESULTS.name(),
                Topics.RESULTS.type(),
                "request_id",
                "",
                Topics.SUBMIT.retention(),
                true,
                Topics.RESULTS.maxBytes(),
                false,
                true);
        try (var admin = admin(6, 1);
                var wishing = admin(6, 3)) {
            admin.create(List.of(Topics.RESULTS));

            assertThat(wishing.check(List.of(longer)))
                    .containsExactlyInAnyOrder(
                            "captcha-results has replication 1, not 3",
                            "captcha-results has retention.ms 86400000, not 604800000",
                            "captcha-results has segment.ms 3600000, not 86400000");
        }
    }

    private TopicAdmin admin(int partitions, int replication) {
        return new TopicAdmin(new KafkaClients(List.of(broker.bootstrapServers()), Map.of()), partitions, replication);
    }
}
