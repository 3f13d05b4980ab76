package io.captchapipeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.kit.ExitCode;
import io.captchapipeline.kit.ServiceMain;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.Setting;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.standalone.ComposeFile.Published;
import io.captchapipeline.standalone.ComposeFile.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// docker-compose.yml against what the services themselves say: their names, settings, ports and topics.
class ComposeFileTest {

    private static final ComposeFile COMPOSE = ComposeFile.read();

    private static final String SECRETS = "/secrets";
    private static final String INGRESS = Catalogue.INGRESS;
    private static final Map<String, Setting<Integer>> PORTS = Map.of(
            Catalogue.INGRESS,
            Catalogue.INGRESS_PORT,
            Catalogue.ROUTER,
            Catalogue.RESULTS_PORT,
            Catalogue.AUDIT,
            Catalogue.AUDIT_PORT,
            Catalogue.ALERTING,
            Catalogue.ALERTING_PORT,
            "sandbox",
            Catalogue.SANDBOX_PORT);
    /// Of others, whose ports nobody here can ask.
    private static final Map<String, List<Integer>> FOREIGN_PORTS = Map.of(
            "kafka", List.of(9092, 9094),
            "postgres", List.of(5432),
            "mailpit", List.of(1025, 8025),
            "prometheus", List.of(9090),
            "grafana", List.of(3000));
    /// Ports inside, places in the image, and secrets that are made and read as files.
    private static final Set<String> OF_THE_FILE = Set.of(
            "KAFKA_BOOTSTRAP_SERVERS",
            "TOPIC_REPLICATION",
            "DATA_DIR",
            "BIND_ADDRESS",
            "INGRESS_PORT",
            "RESULTS_PORT",
            "AUDIT_PORT",
            "ALERTING_PORT",
            "MANAGEMENT_PORT",
            "ADVERTISED_URL",
            "ALERT_PROBE_URL",
            "LOG_FORMAT",
            "CALLBACK_SECRET",
            "API_TOKEN",
            "AUDIT_KEY",
            "AUDIT_DATABASE_URL");
    /// Its image brings one.
    private static final String CHECKS_ITSELF = "mailpit";

    private static final Pattern FULL_VERSION = Pattern.compile("[\\w./-]+:v?\\d+\\.\\d+(\\.\\d+(_\\d+)?)?[\\w.-]*");
    private static final Pattern PLACE = Pattern.compile("(?:https?://|jdbc:postgresql://|^)([a-z-]+):(\\d+)");

    @TempDir
    private static Path secrets;

    /// What the service of this name does, done here.
    @BeforeAll
    static void make_the_secrets() throws Exception {
        makeSecrets();
    }

    static List<String> ours() {
        return Services.names();
    }

    static List<Service> all() {
        return List.copyOf(COMPOSE.services().values());
    }

    static List<Service> withOurSettings() {
        return all().stream()
                .filter(service -> service.isOurs() && !service.environment().isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("ours")
    void every_service_of_the_pipeline_is_run_by_its_name(String name) {
        assertThat(COMPOSE.service(name).command()).containsExactly("run", name);
    }

    @ParameterizedTest
    @MethodSource("withOurSettings")
    void its_environment_is_accepted_and_all_of_it_is_read(Service service) {
        var settings = settings(service);

        assertThat(service.environment().keySet()).allSatisfy(name -> {
            var setting = named(name.replaceFirst("_FILE$", ""));
            assertThat(settings.isSet(setting))
                    .as("%s reads %s", service.name(), name)
                    .isTrue();
            assertThat(setting.secret() || !name.endsWith("_FILE"))
                    .as("%s is a secret", setting)
                    .isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("withOurSettings")
    void its_secrets_are_read_from_the_generated_files(Service service) {
        var environment = service.environment();
        var secretNames = environment.keySet().stream()
                .filter(name -> Catalogue.all().stream()
                        .anyMatch(setting -> setting.secret() && setting.name().equals(name)))
                .toList();

        assertThat(secretNames)
                .as("in the environment itself; what a user brings may be")
                .isSubsetOf(Catalogue.CAPTCHAAI_API_KEY.name());
    }

    /// Each volume of secrets holds what all who mount it read, and nothing else.
    @Test
    void nobody_sees_a_secret_that_it_does_not_read() throws Exception {
        var files = contents().keySet();
        var seen = new TreeMap<String, Set<String>>();
        for (var service : all()) {
            for (var mounted : mounts(service)) {
                files.stream()
                        .filter(file -> file.startsWith(mounted + "/"))
                        .forEach(file -> seen.computeIfAbsent(service.name(), name -> new TreeSet<>())
                                .add(file));
            }
        }
        assertThat(seen.remove("secrets")).as("made").containsExactlyInAnyOrderElementsOf(files);
        var read = new TreeMap<String, Set<String>>();
        for (var service : all()) {
            var texts = service.environment().values() + String.join(" ", service.command());
            var named = files.stream()
                    .filter(file -> texts.contains(SECRETS + "/" + file))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!named.isEmpty() && !service.name().equals("secrets")) {
                read.put(service.name(), named);
            }
        }

        assertThat(seen).isEqualTo(read);
        assertThat(seen.get("postgres")).containsExactly("postgres/postgres-password");
        assertThat(seen.entrySet())
                .filteredOn(service -> service.getValue().contains("audit/audit-key"))
                .extracting(Map.Entry::getKey)
                .containsExactly(Catalogue.AUDIT);
    }

    @ParameterizedTest
    @MethodSource("all")
    void volumes_of_secrets_are_for_reading_and_belong_to_our_user(Service service) throws IOException {
        var image = Files.readString(ComposeFile.ROOT.resolve("Dockerfile"));
        for (var volume : service.volumes()) {
            var parts = volume.split(":");
            if (parts.length > 1 && parts[1].startsWith(SECRETS)) {
                assertThat(image).containsPattern("install -d -o captcha [^&]* " + parts[1] + "\\b");
                assertThat(volume.endsWith(":ro"))
                        .as("%s of %s", volume, service.name())
                        .isNotEqualTo(service.name().equals("secrets"));
            }
        }
    }

    /// What a page advises to set must not be ignored.
    @ParameterizedTest
    @MethodSource("ours")
    void every_setting_that_is_not_the_compose_files_own_can_be_said_in_dot_env(String name) {
        var service = COMPOSE.service(name);
        var said = Catalogue.all().stream()
                .filter(setting -> setting.isReadBy(name) && !OF_THE_FILE.contains(setting.name()))
                .collect(Collectors.toMap(Setting::name, setting -> "said"));

        assertThat(service.environment(said)).containsAllEntriesOf(said);
    }

    @Test
    void a_key_without_its_solver_is_refused_before_anything_runs() throws Exception {
        assertThat(checked(Map.of())).isEmpty();
        assertThat(checked(Map.of("CAPTCHAAI_API_KEY", "real")))
                .startsWith("CAPTCHAAI_API_KEY is set and CAPTCHAAI_URL is not");
        assertThat(COMPOSE.service("init").dependsOn()).containsKey("check");
    }

    @Test
    void a_real_solver_is_not_told_an_address_inside() throws Exception {
        var real = Map.of("CAPTCHAAI_API_KEY", "real", "CAPTCHAAI_URL", "https://ocr.captchaai.com");
        assertThat(checked(real)).startsWith("CAPTCHAAI_URL is set and CALLBACK_URL is not");

        var polling = new HashMap<>(real);
        polling.put("CALLBACK_URL", "");
        assertThat(checked(polling)).isEmpty();
        assertThat(List.of(Catalogue.SUBMITTER, Catalogue.ROUTER, "captcha"))
                .allSatisfy(name ->
                        assertThat(COMPOSE.service(name).environment(polling)).doesNotContainKey("CALLBACK_URL"));

        var calling = new HashMap<>(real);
        calling.put("CALLBACK_URL", "https://captcha.example.com/callback");
        assertThat(checked(calling)).isEmpty();
    }

    @Test
    void generated_secrets_are_long_and_different_and_stay_when_made_again() throws Exception {
        var before = contents();
        makeSecrets();

        assertThat(contents()).isEqualTo(before);
        assertThat(before.values())
                .doesNotHaveDuplicates()
                .allSatisfy(secret -> assertThat(secret.strip()).hasSizeGreaterThanOrEqualTo(64));
        assertThat(before.get("audit/audit-database-url"))
                .endsWith("password=" + before.get("postgres/postgres-password") + "\n");
    }

    @Test
    void only_the_ingress_is_published_beyond_this_machine() {
        assertThat(all())
                .allSatisfy(service -> assertThat(service.ports())
                        .extracting(Published::address)
                        .isSubsetOf(service.name().equals(INGRESS) ? "0.0.0.0" : "127.0.0.1"));
        assertThat(COMPOSE.service(INGRESS).ports()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void what_is_published_is_what_listens_there(Service service) {
        assertThat(service.ports())
                .allSatisfy(published -> assertThat(listening(service.name())).contains(published.inside()));
    }

    /// So that the documents and the commands of this machine find them without a setting.
    @Test
    void on_this_machine_ports_are_the_usual_ones() {
        assertThat(PORTS)
                .allSatisfy((name, setting) -> assertThat(COMPOSE.service(name).ports())
                        .extracting(Published::port)
                        .containsExactly(Settings.read(Environment.of(Map.of()), List.of(Catalogue.COMMANDS))
                                .get(setting)));
        assertThat(COMPOSE.service("kafka").ports())
                .extracting(published -> "127.0.0.1:" + published.port())
                .containsExactly(advertised("OUTSIDE"));
        assertThat(advertised("OUTSIDE")).isEqualTo("127.0.0.1:9092");
    }

    @ParameterizedTest
    @MethodSource("withOurSettings")
    void addresses_of_others_lead_to_where_they_listen(Service service) throws IOException {
        for (var variable : service.environment().entrySet()) {
            var places = PLACE.matcher(resolved(variable.getKey(), variable.getValue()));
            while (places.find()) {
                assertThat(listening(places.group(1)))
                        .as("%s of %s", variable.getKey(), service.name())
                        .contains(Integer.parseInt(places.group(2)));
            }
        }
    }

    @Test
    void callbacks_are_sent_to_the_ingress_and_its_health_is_probed() {
        var callbacks =
                URI.create(COMPOSE.service(Catalogue.SUBMITTER).environment().get("CALLBACK_URL"));
        var probed =
                URI.create(COMPOSE.service(Catalogue.ALERTING).environment().get("ALERT_PROBE_URL"));

        assertThat(List.of(callbacks.getHost(), probed.getHost())).containsOnly(INGRESS);
        assertThat(callbacks).hasPath("/callback");
        assertThat(probed).hasPath("/health/callbacks");
        assertThat(withOurSettings())
                .extracting(service -> service.environment().get("CALLBACK_URL"))
                .filteredOn(url -> url != null)
                .containsOnly(callbacks.toString());
    }

    @Test
    void mails_go_to_the_mail_catcher() {
        var alerting = COMPOSE.service(Catalogue.ALERTING).environment();

        assertThat(listening(String.valueOf(alerting.get("SMTP_HOST"))))
                .contains(Integer.valueOf(String.valueOf(alerting.get("SMTP_PORT"))));
    }

    /// A broker, partitions or routes of its own would make a service miss topics that init made, or find others.
    @Test
    void init_makes_the_topics_that_all_services_look_for() {
        assertThat(COMPOSE.service("init").command()).containsExactly("topics", "create");
        assertThat(Services.names())
                .allSatisfy(name ->
                        assertThat(aboutTopics(COMPOSE.service(name))).isEqualTo(aboutTopics(COMPOSE.service("init"))));
        assertThat(COMPOSE.service("kafka").environment()).containsEntry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
    }

    @Test
    void the_broker_is_reached_where_it_says_that_it_is() {
        assertThat(Services.names())
                .allSatisfy(name -> assertThat(COMPOSE.service(name).environment())
                        .containsEntry("KAFKA_BOOTSTRAP_SERVERS", advertised("INSIDE")));
        assertThat(COMPOSE.service("kafka").environment().get("KAFKA_INTER_BROKER_LISTENER_NAME"))
                .isEqualTo("INSIDE");
    }

    @ParameterizedTest
    @MethodSource("all")
    void what_runs_on_is_checked_and_stopped_with_patience(Service service) {
        if (!service.runsOn()) {
            return;
        }
        if (!service.name().equals(CHECKS_ITSELF)) {
            assertThat(service.healthCheck())
                    .as("health check of %s", service.name())
                    .isPresent();
        }
        if (service.isOurs()) {
            assertThat(service.gracePeriod()).isGreaterThan(ServiceMain.DRAIN);
        }
    }

    @ParameterizedTest
    @MethodSource("ours")
    void its_health_check_asks_whether_it_is_ready(String name) {
        var management = settings(COMPOSE.service(name)).get(Catalogue.MANAGEMENT_PORT);

        assertThat(COMPOSE.service(name).healthCheck().orElseThrow())
                .endsWith("http://127.0.0.1:" + management + "/health/ready");
    }

    /// To wait only until a service was started is to wait for nothing.
    @ParameterizedTest
    @MethodSource("all")
    void nothing_waits_for_less_than_the_other_can_promise(Service service) {
        assertThat(service.dependsOn()).allSatisfy((name, condition) -> {
            var other = COMPOSE.service(name);
            assertThat(condition)
                    .as("%s waits for %s", service.name(), name)
                    .isEqualTo(
                            !other.runsOn()
                                    ? "service_completed_successfully"
                                    : name.equals(CHECKS_ITSELF) ? "service_started" : "service_healthy");
        });
    }

    @ParameterizedTest
    @MethodSource("ours")
    void a_service_starts_after_the_broker_and_the_topics(String name) {
        assertThat(COMPOSE.service(name).dependsOn()).containsKeys("kafka", "init");
        assertThat(COMPOSE.service("init").dependsOn()).containsKeys("kafka", "check", "secrets");
    }

    @Test
    void the_trail_waits_for_its_database_and_the_database_for_its_password() {
        assertThat(COMPOSE.service(Catalogue.AUDIT).dependsOn()).containsKey("postgres");
        assertThat(COMPOSE.service("postgres").dependsOn()).containsKey("secrets");
        assertThat(COMPOSE.service(Catalogue.AUDIT).environment()).containsKey("AUDIT_DATABASE_URL_FILE");
    }

    @ParameterizedTest
    @MethodSource("all")
    void its_image_is_one_of_a_full_version_or_built_here(Service service) {
        if (service.isOurs()) {
            assertThat(service.image()).isEqualTo("captcha-pipeline:local");
        } else {
            assertThat(service.image()).matches(FULL_VERSION);
        }
    }

    @ParameterizedTest
    @MethodSource("withOurSettings")
    void it_has_no_more_power_than_it_needs(Service service) {
        assertThat(service.body())
                .containsEntry("read_only", true)
                .containsEntry("cap_drop", List.of("ALL"))
                .containsEntry("security_opt", List.of("no-new-privileges:true"));
    }

    @Test
    void the_image_runs_the_version_that_the_build_asks_for_and_not_as_root() throws IOException {
        var lines = Files.readAllLines(ComposeFile.ROOT.resolve("Dockerfile"));
        var java = Files.readString(ComposeFile.ROOT.resolve(".java-version")).strip();
        var images = after(lines, "FROM ");

        assertThat(images).allSatisfy(image -> assertThat(image.split(" ")[0]).matches(FULL_VERSION));
        assertThat(images.getFirst()).contains("temurin-" + java);
        assertThat(images.getLast()).startsWith("eclipse-temurin:" + java + ".").endsWith("-jre");
        assertThat(after(lines, "USER ")).last().isNotEqualTo("root");
        assertThat(after(lines, "ENTRYPOINT ")).singleElement().asString().startsWith("[\"java\",");
    }

    @Test
    void the_broker_is_as_new_as_the_clients() throws IOException {
        var version = Pattern.compile("<kafka.version>(.+)</kafka.version>")
                .matcher(Files.readString(ComposeFile.ROOT.resolve("pom.xml")));

        assertThat(version.find()).isTrue();
        assertThat(COMPOSE.service("kafka").image()).isEqualTo("apache/kafka:" + version.group(1));
    }

    @Test
    void every_file_that_is_mounted_is_there() {
        var mounted = all().stream()
                .flatMap(service -> service.volumes().stream())
                .filter(volume -> volume.startsWith("./"))
                .map(volume -> volume.split(":")[0])
                .toList();

        assertThat(mounted)
                .isNotEmpty()
                .allSatisfy(path -> assertThat(ComposeFile.ROOT.resolve(path)).exists());
    }

    @Test
    void prometheus_asks_every_service() {
        var config = ComposeFile.yaml(ComposeFile.ROOT.resolve("deploy/prometheus/prometheus.yml"));
        var targets = Services.names().stream()
                .map(name -> name + ":" + settings(COMPOSE.service(name)).get(Catalogue.MANAGEMENT_PORT))
                .collect(Collectors.joining(", ", "targets=[", "]"));

        assertThat(config.get("scrape_configs")).asString().contains(targets);
    }

    private static Settings settings(Service service) {
        var variables = new HashMap<String, String>();
        service.environment().forEach((name, value) -> variables.put(name, here(value)));
        return Settings.read(Environment.of(variables), readers(service));
    }

    private static List<String> readers(Service service) {
        if (Services.names().contains(service.name())) {
            return List.of(service.name());
        }
        return service.environment().containsKey("CALLBACK_SECRET_FILE")
                ? List.of(Catalogue.COMMANDS, Catalogue.TICKET)
                : List.of(Catalogue.COMMANDS);
    }

    private static Setting<?> named(String name) {
        return Catalogue.all().stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is no setting"));
    }

    private static List<Integer> listening(String service) {
        var port = PORTS.get(service);
        return port == null
                ? FOREIGN_PORTS.getOrDefault(service, List.of())
                : List.of(Settings.read(
                                Environment.of(COMPOSE.service(service).environment().entrySet().stream()
                                        .filter(variable -> variable.getKey().endsWith("_PORT"))
                                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))),
                                List.of(Catalogue.COMMANDS))
                        .get(port));
    }

    private static String advertised(String listener) {
        var listeners = String.valueOf(COMPOSE.service("kafka").environment().get("KAFKA_ADVERTISED_LISTENERS"));
        return Stream.of(listeners.split(","))
                .filter(entry -> entry.startsWith(listener + "://"))
                .map(entry -> entry.substring(listener.length() + "://".length()))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> aboutTopics(Service service) {
        return service.environment().entrySet().stream()
                .filter(variable -> variable.getKey().matches("KAFKA_.*|TOPIC_.*|ROUTES"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static List<String> after(List<String> lines, String word) {
        return lines.stream()
                .filter(line -> line.startsWith(word))
                .map(line -> line.substring(word.length()))
                .toList();
    }

    private static String resolved(String name, String value) throws IOException {
        return name.endsWith("_FILE") ? Files.readString(Path.of(here(value))) : value;
    }

    private static String here(String text) {
        return text.replace(SECRETS, secrets.toString());
    }

    private static void makeSecrets() throws IOException, InterruptedException {
        for (var mounted : mounts(COMPOSE.service("secrets"))) {
            Files.createDirectories(secrets.resolve(mounted));
        }
        var process = script("secrets", Map.of()).inheritIO().start();
        assertThat(process.waitFor())
                .as("exit code of the service that makes secrets")
                .isZero();
    }

    /// What the check says against a `.env`; nothing, where it lets it pass.
    private static String checked(Map<String, String> said) throws IOException, InterruptedException {
        var process = script("check", said).redirectErrorStream(true).start();
        var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(words.isEmpty() ? 0 : ExitCode.CONFIGURATION);
        return words;
    }

    private static ProcessBuilder script(String name, Map<String, String> said) {
        var service = COMPOSE.service(name);
        var text = here(service.command().getFirst()).replace("$$", "$");
        var process = new ProcessBuilder("/bin/sh", "-euc", text);
        process.environment().keySet().removeIf(variable -> variable.startsWith("CA"));
        process.environment().putAll(service.environment(said));
        return process;
    }

    /// The directories of secrets that it mounts, by their names within the place of all.
    private static List<String> mounts(Service service) {
        return service.volumes().stream()
                .map(volume -> volume.split(":"))
                .filter(parts -> parts.length > 1 && parts[1].startsWith(SECRETS + "/"))
                .map(parts -> parts[1].substring(SECRETS.length() + 1))
                .toList();
    }

    private static Map<String, String> contents() throws IOException {
        try (var files = Files.walk(secrets)) {
            return files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(file -> secrets.relativize(file).toString(), ComposeFileTest::read));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
