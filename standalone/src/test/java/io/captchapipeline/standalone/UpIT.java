package io.captchapipeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One running `up`, seen from outside.
class UpIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private static Path directory;

    private static Home home;
    private static CaptchaProcess up;

    @BeforeAll
    static void start() throws IOException {
        home = Home.in(directory);
        up = home.up().untilReady();
    }

    @AfterAll
    static void stop() {
        up.close();
    }

    @Test
    void what_is_ready_says_so_and_lists_its_addresses() throws Exception {
        assertThat(home.ready().statusCode()).isEqualTo(200);
        assertThat(up.out())
                .contains("127.0.0.1:" + home.kafka())
                .contains("http://127.0.0.1:" + home.ingress() + "/callback")
                .contains("http://127.0.0.1:" + home.management() + "/health/ready");
    }

    @Test
    void a_callback_is_answered_and_on_the_topic() throws Exception {
        var answer = home.callBack("4711", "a-solution");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("OK");
        assertThat(home.results()).anySatisfy(result -> assertThat(result).contains("\"4711\"", "a-solution"));
    }

    @Test
    void only_the_owner_reads_its_data() throws IOException {
        assertThat(permissions(home.data())).isEqualTo("rwx------");
        assertThat(permissions(home.data().resolve("secrets.properties"))).isEqualTo("rw-------");
        assertThat(permissions(home.data().resolve("addresses.properties"))).isEqualTo("rw-------");
    }

    @Test
    void secrets_and_solutions_are_not_in_its_output() throws Exception {
        home.callBack("4712", "a-very-secret-solution");

        var secrets = home.secrets().lines().filter(line -> line.contains("=")).map(line -> line.split("=")[1]);
        assertThat(secrets)
                .hasSize(2)
                .allSatisfy(secret -> assertThat(up.out() + up.err()).doesNotContain(secret));
        assertThat(up.out() + up.err()).doesNotContain("a-very-secret-solution");
    }

    @Test
    void topics_finds_it_by_its_data() throws Exception {
        var environment = Map.of("DATA_DIR", home.data().toString());
        try (var topics = CaptchaProcess.start(directory, environment, "topics")) {
            assertThat(topics.endsWithin(SOON)).isZero();
            assertThat(topics.out()).contains("captcha-results").doesNotContain("missing", "differs");
            assertThat(topics.err()).isEmpty();
        }
    }

    @Test
    void topics_create_makes_what_a_new_route_lacks() throws Exception {
        var environment = Map.of("DATA_DIR", home.data().toString(), "ROUTES", "login");
        try (var missing = CaptchaProcess.start(directory, environment, "topics", "describe")) {
            assertThat(missing.endsWithin(SOON)).isEqualTo(1);
            assertThat(missing.out()).containsPattern("captcha-solved\\.login .* missing");
        }
        try (var created = CaptchaProcess.start(directory, environment, "topics", "create")) {
            assertThat(created.endsWithin(SOON)).isZero();
            assertThat(created.out())
                    .contains("created captcha-failed.login", "created captcha-solved.login")
                    .doesNotContain("missing");
        }
    }

    @Test
    void another_up_on_the_same_data_is_refused() throws Exception {
        var other = home.elsewhere();
        try (var second = other.up("--fresh")) {
            assertThat(second.endsWithin(SOON)).isEqualTo(1);
            assertThat(second.err()).contains("Another ./captcha up runs on " + home.data(), "process " + up.pid());
        }
        assertThat(home.ready().statusCode()).isEqualTo(200);
    }

    @Test
    void another_up_on_the_same_ports_is_refused_and_all_of_them_are_named() throws Exception {
        try (var second = home.up("--data", directory.resolve("other").toString())) {
            assertThat(second.endsWithin(SOON)).isEqualTo(1);
            assertThat(second.err())
                    .contains(home.kafka() + " (KAFKA_PORT)")
                    .contains(home.ingress() + " (INGRESS_PORT)")
                    .contains(home.management() + " (MANAGEMENT_PORT)");
        }
    }

    @Test
    void a_service_does_not_start_beside_it_on_a_taken_port() throws Exception {
        var environment = new HashMap<>(home.environment());
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + home.kafka());
        environment.put("CALLBACK_SECRET", "s");
        environment.remove("KAFKA_PORT");
        try (var service = CaptchaProcess.start(directory, environment, "run", "ingress-callback")) {
            assertThat(service.endsWithin(SOON)).isEqualTo(1);
            assertThat(service.err()).contains("MANAGEMENT_PORT");
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
