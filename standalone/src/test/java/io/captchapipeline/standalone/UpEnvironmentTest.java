package io.captchapipeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.InvalidSettings;
import io.captchapipeline.kit.settings.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpEnvironmentTest {

    private static final Map<String, String> SECRETS = Map.of("CALLBACK_SECRET", "c", "AUDIT_KEY", "a");

    @Test
    void nothing_has_to_be_set() {
        var settings = complete(Map.of());

        assertThat(settings.get(Catalogue.KAFKA_BOOTSTRAP_SERVERS)).containsExactly("127.0.0.1:9092");
        assertThat(settings.get(Catalogue.BIND_ADDRESS)).isEqualTo("127.0.0.1");
        assertThat(settings.get(Catalogue.TOPIC_REPLICATION)).isEqualTo(1);
        assertThat(settings.get(Catalogue.MANAGEMENT_PORT)).isEqualTo(9080);
    }

    @Test
    void what_is_said_about_another_broker_is_not_used() {
        var settings = complete(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "kafka:9092",
                "KAFKA_SECURITY_PROTOCOL", "SSL",
                "TOPIC_REPLICATION", "3",
                "KAFKA_PORT", "1234"));

        assertThat(settings.get(Catalogue.KAFKA_BOOTSTRAP_SERVERS)).containsExactly("127.0.0.1:1234");
        assertThat(settings.kafka()).isEmpty();
        assertThat(settings.get(Catalogue.TOPIC_REPLICATION)).isEqualTo(1);
    }

    @Test
    void a_secret_of_the_user_comes_before_the_generated_one() {
        var settings = complete(Map.of("CALLBACK_SECRET", "mine"));

        assertThat(settings.get(Catalogue.CALLBACK_SECRET))
                .singleElement()
                .satisfies(secret -> assertThat(secret.value()).isEqualTo("mine"));
    }

    @Test
    void a_port_that_was_left_open_is_the_chosen_one() {
        var asked = new UpEnvironment(Environment.of(Map.of("KAFKA_PORT", "0")));

        var settings = UpEnvironment.settings(asked.complete(Map.of("KAFKA_PORT", "4321"), SECRETS));

        assertThat(settings.get(Catalogue.KAFKA_BOOTSTRAP_SERVERS)).containsExactly("127.0.0.1:4321");
    }

    @Test
    void all_that_is_wrong_is_named_before_anything_is_generated() {
        var asked = new UpEnvironment(Environment.of(Map.of("KAFKA_PROT", "1", "INGRESS_PORT", "x")));

        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(asked::settings)
                .withMessageContaining("did you mean KAFKA_PORT?")
                .withMessageContaining("INGRESS_PORT is 'x'");
    }

    @Test
    void commands_are_told_the_broker_and_every_port() {
        assertThat(UpEnvironment.published(complete(Map.of("TOPIC_PARTITIONS", "3"))))
                .containsEntry("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092")
                .containsEntry("TOPIC_PARTITIONS", "3")
                .containsEntry("INGRESS_PORT", "8080")
                .doesNotContainKey("AUDIT_KEY");
    }

    @Test
    void commands_are_told_what_the_user_set_for_them() {
        var set = Map.of("CALLBACK_SECRET", "mine", "API_TOKEN", "t", "ROUTES", "login", "LOG_LEVEL", "debug");

        assertThat(UpEnvironment.published(complete(set)))
                .containsEntry("CALLBACK_SECRET", "mine")
                .containsEntry("API_TOKEN", "t")
                .containsEntry("ROUTES", "login")
                .doesNotContainKey("LOG_LEVEL");
    }

    private static Settings complete(Map<String, String> variables) {
        return UpEnvironment.settings(new UpEnvironment(Environment.of(variables)).complete(Map.of(), SECRETS));
    }
}
