package io.captchapipeline.kit.settings;

import static io.captchapipeline.kit.settings.Catalogue.ALERTING;
import static io.captchapipeline.kit.settings.Catalogue.AUDIT;
import static io.captchapipeline.kit.settings.Catalogue.INGRESS;
import static io.captchapipeline.kit.settings.Catalogue.ROUTER;
import static io.captchapipeline.kit.settings.Catalogue.SUBMITTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final List<String> ALL = List.of(INGRESS, SUBMITTER, ROUTER, AUDIT, ALERTING);

    @Test
    void an_empty_environment_gives_the_defaults() {
        var settings = read(AUDIT, Map.of("AUDIT_KEY", "k"));

        assertThat(settings.get(Catalogue.AUDIT_PORT)).isEqualTo(8083);
        assertThat(settings.get(Catalogue.BIND_ADDRESS)).isEqualTo("0.0.0.0");
        assertThat(settings.get(Catalogue.MANAGEMENT_PORT)).isEqualTo(9084);
        assertThat(settings.get(Catalogue.AUDIT_RETENTION)).isEqualTo(Duration.ofDays(90));
        assertThat(settings.get(Catalogue.TOPIC_REPLICATION)).isEqualTo(3);
        assertThat(settings.get(Catalogue.AUDIT_DATABASE_URL).value()).isEqualTo("jdbc:sqlite:./data/audit.db");
        assertThat(settings.find(Catalogue.API_TOKEN)).isEmpty();
    }

    @Test
    void under_up_without_a_key_the_defaults_lead_to_the_sandbox() {
        var settings = Settings.read(
                new Environment(
                        Map.of("INGRESS_PORT", "18080", "SANDBOX_PORT", "18090"),
                        Map.of("CALLBACK_SECRET", "s", "AUDIT_KEY", "k"),
                        true),
                ALL);

        assertThat(settings.get(Catalogue.CALLBACK_URL)).hasToString("http://127.0.0.1:18080/callback");
        assertThat(settings.get(Catalogue.CAPTCHAAI_URL)).hasToString("http://127.0.0.1:18090");
        assertThat(settings.get(Catalogue.CALLBACK_OPEN)).isTrue();
        assertThat(settings.get(Catalogue.BIND_ADDRESS)).isEqualTo("127.0.0.1");
        assertThat(settings.get(Catalogue.MANAGEMENT_PORT)).isEqualTo(9080);
        assertThat(settings.get(Catalogue.TOPIC_REPLICATION)).isEqualTo(1);
    }

    @Test
    void a_callback_url_makes_attempts_more_patient() {
        var polling = read(ROUTER, Map.of());
        var calledBack = read(ROUTER, Map.of("CALLBACK_URL", "https://example.com/callback"));

        assertThat(polling.get(Catalogue.ATTEMPT_TIMEOUT)).isEqualTo(Duration.ofSeconds(30));
        assertThat(calledBack.get(Catalogue.ATTEMPT_TIMEOUT)).isEqualTo(Duration.ofMinutes(2));
        assertThat(calledBack.get(Catalogue.POLL_INTERVAL)).isEqualTo(Duration.ofSeconds(10));
        assertThat(polling.get(Catalogue.POLL_INTERVAL)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void every_problem_is_told_at_once() {
        var problems = problems(
                INGRESS,
                Map.of(
                        "INGRESS_PORT", "many",
                        "CALLBACK_ACK_TIMEOUT", "3 seconds",
                        "CALLBACK_ID_PATTERN", "[0-9",
                        "AUDIT_RETENTOIN", "1d"));

        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "INGRESS_PORT is 'many': expected a port, 0-65535 (0: any free one)",
                        "CALLBACK_ACK_TIMEOUT is '3 seconds': expected a duration such as 500ms, 30s, 5m, 24h, 90d",
                        "CALLBACK_ID_PATTERN is '[0-9': expected a regular expression",
                        "CALLBACK_SECRET is missing: set it, or CALLBACK_SECRET_FILE to a file that holds it",
                        "AUDIT_RETENTOIN is no setting: did you mean AUDIT_RETENTION?");
    }

    @Test
    void another_services_values_are_not_judged() {
        assertThat(read(ROUTER, Map.of("INGRESS_PORT", "many")).get(Catalogue.RESULTS_PORT))
                .isEqualTo(8082);
    }

    @ParameterizedTest
    @CsvSource({
        "INGRES_PORT, INGRESS_PORT",
        "KAFKA_BOOTSTRAP_SERVER, KAFKA_BOOTSTRAP_SERVERS",
        "LOGLEVEL, LOG_LEVEL",
        "DATADIR, DATA_DIR",
        "API_TOKEN_FLIE, API_TOKEN_FILE",
        "ROUTE, ROUTES",
        "SMTP_PASSWD, SMTP_PASSWORD",
        "KAFKA_SASL_MECHANISMS, KAFKA_SASL_MECHANISM",
        "KAFKA_SASL_JAAS_CONFIG_FIL, KAFKA_SASL_JAAS_CONFIG_FILE",
        "TICKET_TLT, TICKET_TTL"
    })
    void a_misspelt_name_is_refused_and_the_right_one_named(String written, String meant) {
        assertThat(problems(ROUTER, Map.of(written, "x")))
                .containsExactly(written + " is no setting: did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HOME",
                "PATH",
                "USER",
                "HOSTNAME",
                "HOST",
                "PORT",
                "LANG",
                "LC_ALL",
                "TERM",
                "SHELL",
                "PWD",
                "OLDPWD",
                "SHLVL",
                "LOGNAME",
                "MAIL",
                "EDITOR",
                "TZ",
                "TMPDIR",
                "DISPLAY",
                "JAVA_HOME",
                "JAVA_OPTS",
                "JAVA_TOOL_OPTIONS",
                "MAVEN_OPTS",
                "KAFKA_OPTS",
                "KAFKA_HOME",
                "KAFKA_HOST",
                "KAFKA_BROKERS",
                "KAFKA_HEAP_OPTS",
                "KAFKA_LOG_DIRS",
                "INGRESS_HOST",
                "AUDIT_HOST",
                "SMTP_FROM",
                "SMTP_PASS",
                "NPM_TOKEN",
                "GITHUB_TOKEN",
                "CI_JOB_TOKEN",
                "HTTP_PROXY",
                "NO_PROXY",
                "DATABASE_URL",
                "REDIS_URL",
                "XDG_DATA_DIRS",
                "LOG_FILE",
                "LS_COLORS",
                "CALLBACK",
                "SECRET",
                "AUDIT",
                "POLL",
                "KAFKA_PORT"
            })
    void other_names_are_nobodys_business(String name) {
        assertThat(read(ROUTER, Map.of(name, "x")).get(Catalogue.RESULTS_PORT)).isEqualTo(8082);
    }

    @Test
    void no_setting_is_taken_for_a_misspelling_of_another() {
        var everything = new HashMap<String, String>();
        Catalogue.all().forEach(setting -> everything.put(setting.name(), "x"));

        assertThat(problems(ROUTER, everything)).noneMatch(problem -> problem.contains("did you mean"));
    }

    @Test
    void what_kubernetes_sets_for_a_service_of_the_same_name_is_ignored() {
        var settings = read(
                INGRESS,
                Map.of(
                        "CALLBACK_SECRET", "s",
                        "INGRESS_PORT", "tcp://10.0.0.1:8080",
                        "INGRESS_PORT_8080_TCP", "tcp://10.0.0.1:8080",
                        "INGRESS_PORT_8080_TCP_PORT", "8080",
                        "KAFKA_SERVICE_HOST", "10.0.0.2",
                        "SMTP_SERVICE_PORT", "25",
                        "KAFKA_PRT", "tcp://10.0.0.2:9092"));

        assertThat(settings.get(Catalogue.INGRESS_PORT)).isEqualTo(8080);
    }

    @Test
    void an_empty_variable_is_not_set() {
        assertThat(read(ROUTER, Map.of("RESULTS_PORT", "", "API_TOKEN", "")).isSet(Catalogue.RESULTS_PORT))
                .isFalse();
    }

    @Test
    void an_api_is_opened_only_with_a_token() {
        assertThat(problems(AUDIT, Map.of("AUDIT_KEY", "k", "BIND_ADDRESS", "0.0.0.0")))
                .containsExactly("BIND_ADDRESS opens the APIs to others: set API_TOKEN too, or leave it out");
        assertThat(read(AUDIT, Map.of("AUDIT_KEY", "k")).apiAddress()).isEqualTo("127.0.0.1");
        assertThat(read(AUDIT, Map.of("AUDIT_KEY", "k", "API_TOKEN", "t")).apiAddress())
                .isEqualTo("0.0.0.0");
        assertThat(read(INGRESS, Map.of("CALLBACK_SECRET", "s", "BIND_ADDRESS", "0.0.0.0"))
                        .get(Catalogue.BIND_ADDRESS))
                .isEqualTo("0.0.0.0");
    }

    @Test
    void a_ticket_does_not_outlive_what_it_is_checked_against() {
        assertThat(problems(SUBMITTER, Map.of("CALLBACK_SECRET", "s", "TICKET_TTL", "25h")))
                .singleElement()
                .asString()
                .startsWith("TICKET_TTL is longer than DEDUP_RETENTION");
    }

    @Test
    void a_setting_that_a_service_does_not_read_is_refused_to_it() {
        var settings = read(ROUTER, Map.of());

        assertThatThrownBy(() -> settings.get(Catalogue.AUDIT_PORT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AUDIT_PORT is not read by result-router");
    }

    @Test
    void a_secret_comes_from_a_file_too(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("token"), "s3cret\n");
        var settings = read(ROUTER, Map.of("API_TOKEN_FILE", file.toString()));

        assertThat(settings.get(Catalogue.API_TOKEN).value()).isEqualTo("s3cret");
        assertThat(settings.table()).contains(file.toString()).doesNotContain("s3cret");
    }

    @Test
    void a_secret_is_set_once_and_its_file_can_be_read() {
        var problems = problems(
                AUDIT, Map.of("API_TOKEN", "a", "API_TOKEN_FILE", "/dev/null", "AUDIT_KEY_FILE", "/no/such/file"));

        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "API_TOKEN is set, and so is API_TOKEN_FILE: set one of them",
                        "AUDIT_KEY_FILE names /no/such/file, which cannot be read: make it a readable file");
    }

    @Test
    void no_secret_is_ever_shown() {
        var environment = Map.of(
                "CALLBACK_SECRET", "hunter1,hunter2",
                "KAFKA_SASL_JAAS_CONFIG", "hunter3",
                "KAFKA_SSL_KEYSTORE_PASSWORD", "hunter4",
                "KAFKA_SASL_MECHANISM", "PLAIN");
        var settings = read(INGRESS, environment);

        assertThat(settings.table()
                        + settings.changed()
                        + settings
                        + settings.get(Catalogue.CALLBACK_SECRET)
                        + Environment.of(environment))
                .doesNotContain("hunter")
                .contains("***")
                .contains("PLAIN");
        assertThat(settings.get(Catalogue.CALLBACK_SECRET))
                .extracting(Secret::value)
                .containsExactly("hunter1", "hunter2");
    }

    @Test
    void a_bad_secret_is_refused_without_being_repeated() {
        assertThat(problems(ALERTING, Map.of("ALERT_WEBHOOK_URL", "hunter2")))
                .containsExactly("ALERT_WEBHOOK_URL cannot be used: expected an http or https URL");
    }

    @Test
    void the_table_says_what_is_in_force_and_why() {
        var table = Settings.read(
                        Environment.of(Map.of("RESULTS_PORT", "18082")).giving(Map.of("DATA_DIR", "/tmp/x")),
                        List.of(ROUTER))
                .table();

        assertThat(table).startsWith("setting");
        assertThat(table.lines())
                .anyMatch(line -> line.matches("RESULTS_PORT +18082 +environment"))
                .anyMatch(line -> line.matches("DATA_DIR +/tmp/x +this process"))
                .anyMatch(line -> line.matches("TOKEN_LIFE +120s,image=none,text=none +default"))
                .anyMatch(line -> line.matches("API_TOKEN +not set"));
    }

    @Test
    void names_of_client_settings_pass_through_to_kafka() {
        var settings = read(
                ROUTER,
                Map.of("KAFKA_SECURITY_PROTOCOL", "SASL_SSL", "KAFKA_SSL_TRUSTSTORE_LOCATION", "/t", "KAFKA_X", "y"));

        assertThat(settings.kafka())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("security.protocol", "SASL_SSL", "ssl.truststore.location", "/t"));
    }

    @Test
    void what_kafka_would_not_take_is_refused_at_once() {
        assertThat(problems(ROUTER, Map.of("KAFKA_REQUEST_TIMEOUT_MS", "soon")))
                .singleElement()
                .asString()
                .startsWith("KAFKA_REQUEST_TIMEOUT_MS is not what Kafka's request.timeout.ms can be");
    }

    private static Settings read(String service, Map<String, String> variables) {
        return Settings.read(Environment.of(variables), List.of(service));
    }

    private static List<String> problems(String service, Map<String, String> variables) {
        return catchThrowableOfType(InvalidSettings.class, () -> read(service, variables))
                .problems();
    }
}
