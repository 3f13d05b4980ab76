package io.captchapipeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.kit.ServiceMain;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.Setting;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.standalone.KubernetesFiles.Manifest;
import io.captchapipeline.standalone.KubernetesFiles.Node;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

/// The services in deploy/kubernetes against what they themselves say: their names, settings, ports and paths.
class KubernetesTest {

    private static final KubernetesFiles FILES = KubernetesFiles.read();

    private static final String SECRETS = "/secrets";
    private static final String A_POD = "a-pod-0";
    private static final Map<String, Setting<Integer>> PORTS = Map.of(
            Catalogue.INGRESS,
            Catalogue.INGRESS_PORT,
            Catalogue.ROUTER,
            Catalogue.RESULTS_PORT,
            Catalogue.AUDIT,
            Catalogue.AUDIT_PORT,
            Catalogue.ALERTING,
            Catalogue.ALERTING_PORT);
    /// They keep something that is worth a disk.
    private static final List<String> WITH_DATA = List.of(Catalogue.ROUTER, Catalogue.AUDIT, Catalogue.ALERTING);
    /// In Kafka's own names.
    private static final Pattern SECRET_OF_KAFKA = Pattern.compile("KAFKA_.*(PASSWORD|JAAS_CONFIG|_KEY)");
    private static final Pattern PATH = Pattern.compile("\"(/[a-z0-9]+[a-z0-9./]*)\"");
    private static final Pattern CREATED = Pattern.compile("create secret (?:generic|tls) (\\S+)(.*)");
    private static final Pattern FROM_FILE = Pattern.compile("--from-file=([^=]+)=");

    @TempDir
    private static Path secrets;

    /// What a cluster mounts, here.
    @BeforeAll
    static void make_the_secrets() throws IOException {
        for (var service : services()) {
            for (var file : FILES.workload(service).secrets().keySet()) {
                var here = Path.of(here(file));
                Files.createDirectories(here.getParent());
                Files.writeString(
                        here, file.endsWith("database-url") ? "jdbc:postgresql://postgres:5432/x" : "0".repeat(64));
            }
        }
    }

    static List<String> services() {
        return Services.names();
    }

    static List<Manifest> manifests() {
        return FILES.manifests();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void every_manifest_says_what_it_is_and_where_it_belongs(Manifest manifest) {
        assertThat(manifest.body().entries()).containsKeys("apiVersion", "kind", "metadata");
        assertThat(manifest.name()).matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");
        assertThat(FILES.one(manifest.kind(), manifest.name())).isEqualTo(manifest);
        if (!manifest.kind().equals("Namespace")) {
            assertThat(manifest.body().at("metadata", "namespace").text())
                    .isEqualTo(FILES.of("Namespace").getFirst().name());
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void every_service_of_the_pipeline_is_run_by_its_name_from_one_image(String service) {
        var container = FILES.workload(service).container();

        assertThat(container.at("args").texts()).containsExactly("run", service);
        assertThat(container.at("image").text())
                .matches("registry\\.example\\.com/captcha-pipeline:\\d+\\.\\d+\\.\\d+")
                .isEqualTo(FILES.workload(Catalogue.INGRESS)
                        .container()
                        .at("image")
                        .text());
    }

    @Test
    void nothing_else_is_run() {
        assertThat(Stream.of("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Pod")
                        .flatMap(kind -> FILES.of(kind).stream())
                        .map(Manifest::name))
                .containsExactlyInAnyOrderElementsOf(services());
    }

    @ParameterizedTest
    @MethodSource("services")
    void its_environment_is_accepted_and_all_of_it_is_read(String service) {
        var settings = settings(service);

        assertThat(FILES.workload(service).environment(A_POD).keySet()).allSatisfy(name -> {
            var setting = name.replaceFirst("_FILE$", "");
            var isRead = named(setting)
                    .map(settings::isSet)
                    .orElseGet(() -> settings.kafka()
                            .containsKey(setting.replaceFirst("KAFKA_", "")
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', '.')));
            assertThat(isRead).as("%s reads %s", service, name).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("services")
    void its_secrets_are_files_and_it_sees_no_others(String service) {
        var workload = FILES.workload(service);
        var environment = workload.environment(A_POD);
        var named = environment.values().stream()
                .filter(value -> value.startsWith(SECRETS + "/"))
                .toList();

        assertThat(workload.secrets().keySet()).containsExactlyInAnyOrderElementsOf(new TreeSet<>(named));
        assertThat(environment.keySet())
                .as("in the environment itself")
                .noneMatch(name -> named(name).map(Setting::secret).orElse(false)
                        || SECRET_OF_KAFKA.matcher(name).matches());
        assertThat(workload.secrets())
                .containsEntry(environment.get("KAFKA_SASL_JAAS_CONFIG_FILE"), service + ":sasl.jaas.config");
    }

    @Test
    void no_secret_stands_in_the_manifests() throws IOException {
        assertThat(FILES.of("Secret")).isEmpty();
        for (var manifest : manifests()) {
            assertThat(Files.readString(KubernetesFiles.DIRECTORY.resolve(manifest.file())))
                    .doesNotContainPattern("[0-9a-fA-F]{32}|password: *\\S|://[^/\\s]*:[^/\\s]*@|BEGIN ");
        }
    }

    /// By the page, or by Strimzi.
    @Test
    void every_secret_is_made_by_somebody() {
        var made = new TreeSet<>(List.of("captcha-cluster-ca-cert:ca.crt"));
        FILES.of("KafkaUser").forEach(user -> made.add(user.name() + ":sasl.jaas.config"));
        var byThePage = new TreeMap<String, String>();
        for (var command : page().commands()) {
            CREATED.matcher(command).results().forEach(found -> {
                byThePage.put(found.group(1), command);
                FROM_FILE
                        .matcher(found.group(2))
                        .results()
                        .forEach(key -> made.add(found.group(1) + ":" + key.group(1)));
            });
        }
        var seen = services().stream()
                .flatMap(service -> FILES.workload(service).secrets().values().stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(made).containsAll(seen);
        assertThat(byThePage)
                .containsKey(FILES.of("Ingress")
                        .getFirst()
                        .spec("tls", "0", "secretName")
                        .text());
    }

    @ParameterizedTest
    @MethodSource("services")
    void its_ports_are_those_that_it_listens_on(String service) {
        var settings = settings(service);
        var own = PORTS.get(service);
        var ports = FILES.workload(service).ports();

        assertThat(ports.get("management")).isEqualTo(settings.get(Catalogue.MANAGEMENT_PORT));
        assertThat(ports).hasSize(own == null ? 1 : 2);
        if (own != null) {
            assertThat(ports).containsValue(settings.get(own));
            assertThat(FILES.one("Service", service).spec("ports", "0", "port").number())
                    .isEqualTo(settings.get(own));
        }
    }

    @Test
    void every_service_of_the_cluster_leads_to_a_port_of_what_it_selects() {
        assertThat(FILES.of("Service")).isNotEmpty().allSatisfy(service -> {
            var target = FILES.workload(
                    service.spec("selector", "app.kubernetes.io/name").text());
            assertThat(service.spec("ports").items())
                    .allSatisfy(port -> assertThat(target.ports())
                            .containsEntry(
                                    port.at("targetPort").text(),
                                    port.at("port").number()));
        });
    }

    @ParameterizedTest
    @MethodSource("services")
    void its_probes_ask_what_management_answers(String service) throws IOException {
        var container = FILES.workload(service).container();
        var answered = paths("service-kit/src/main/java/io/captchapipeline/kit/http");

        assertThat(List.of("startupProbe", "livenessProbe", "readinessProbe")).allSatisfy(probe -> {
            var asked = container.at(probe, "httpGet");
            assertThat(asked.at("port").text()).isEqualTo("management");
            assertThat(asked.at("path").text())
                    .isEqualTo(probe.equals("readinessProbe") ? "/health/ready" : "/health/live")
                    .isIn(answered);
        });
    }

    @ParameterizedTest
    @MethodSource("services")
    void it_has_the_time_to_drain(String service) {
        var workload = FILES.workload(service);
        var pause = Math.max(
                0,
                workload.container()
                        .at("lifecycle", "preStop", "sleep", "seconds")
                        .number());

        assertThat(Duration.ofSeconds(
                        workload.pod().at("terminationGracePeriodSeconds").number() - (long) pause))
                .isGreaterThan(ServiceMain.DRAIN);
    }

    @ParameterizedTest
    @MethodSource("services")
    void it_has_no_more_power_than_it_needs(String service) throws IOException {
        var workload = FILES.workload(service);
        var container = workload.container().at("securityContext");
        var image = Files.readString(Pages.ROOT.resolve("Dockerfile"));

        assertThat(texts(container))
                .containsEntry("readOnlyRootFilesystem", "true")
                .containsEntry("allowPrivilegeEscalation", "false");
        assertThat(container.at("capabilities", "drop").texts()).containsExactly("ALL");
        assertThat(texts(workload.pod().at("securityContext"))).containsEntry("runAsNonRoot", "true");
        assertThat(image)
                .contains("--uid "
                        + workload.pod().at("securityContext", "runAsUser").text() + " ");
        assertThat(texts(workload.pod())).containsEntry("automountServiceAccountToken", "false");
        assertThat(workload.container().at("resources", "limits", "memory").isThere())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("services")
    void it_has_a_disk_where_it_keeps_something_and_else_none(String service) throws IOException {
        var workload = FILES.workload(service);
        var image = Files.readString(Pages.ROOT.resolve("Dockerfile"));

        if (WITH_DATA.contains(service)) {
            assertThat(workload.manifest().kind()).isEqualTo("StatefulSet");
            assertThat(workload.manifest()
                            .spec("volumeClaimTemplates", "0", "metadata", "name")
                            .text())
                    .isEqualTo("data");
            assertThat(image)
                    .contains("ENV DATA_DIR="
                            + workload.mountOf("data").at("mountPath").text() + "\n");
            assertThat(FILES.one(
                                    "Service",
                                    workload.manifest().spec("serviceName").text())
                            .spec("selector", "app.kubernetes.io/name")
                            .text())
                    .isEqualTo(service);
        } else {
            assertThat(workload.manifest().kind()).isEqualTo("Deployment");
        }
        assertThat(workload.mountOf("tmp").at("mountPath").text()).isEqualTo("/tmp");
    }

    @ParameterizedTest
    @MethodSource("services")
    void one_may_be_away_and_the_others_go_on(String service) {
        var manifest = FILES.workload(service).manifest();
        var budget = FILES.one("PodDisruptionBudget", service);

        if (!service.equals(Catalogue.SUBMITTER)) {
            assertThat(manifest.spec("replicas").number()).isGreaterThanOrEqualTo(2);
        }
        assertThat(budget.spec("maxUnavailable").number()).isEqualTo(1);
        assertThat(List.of(
                        manifest.spec("selector", "matchLabels"),
                        budget.spec("selector", "matchLabels"),
                        manifest.spec(
                                "template", "spec", "topologySpreadConstraints", "0", "labelSelector", "matchLabels")))
                .allSatisfy(
                        selector -> assertThat(texts(selector)).isEqualTo(Map.of("app.kubernetes.io/name", service)));
        assertThat(texts(manifest.spec("template", "metadata", "labels")))
                .containsEntry("app.kubernetes.io/name", service);
    }

    @Test
    void only_callbacks_come_in_from_outside() throws IOException {
        assertThat(FILES.of("Service"))
                .allSatisfy(
                        service -> assertThat(service.spec("type").isThere()).isFalse());
        var door = FILES.of("Ingress").getFirst();
        var open = door.spec("rules", "0", "http", "paths").items();

        assertThat(FILES.of("Ingress")).hasSize(1);
        assertThat(open)
                .extracting(path -> path.at("backend", "service", "name").text())
                .containsOnly(Catalogue.INGRESS);
        assertThat(open)
                .extracting(
                        path -> path.at("backend", "service", "port", "name").text())
                .containsOnly(FILES.one("Service", Catalogue.INGRESS)
                        .spec("ports", "0", "name")
                        .text());
        assertThat(open)
                .extracting(path -> path.at("path").text())
                .containsExactlyInAnyOrderElementsOf(paths("ingress-callback/src/main/java"));
    }

    @Test
    void the_solver_is_told_the_address_that_is_open() {
        var door = FILES.of("Ingress").getFirst();
        var told = URI.create(
                FILES.workload(Catalogue.SUBMITTER).environment(A_POD).getOrDefault("CALLBACK_URL", ""));

        assertThat(told).hasScheme("https").hasPath("/callback");
        assertThat(door.spec("rules", "0", "host").text()).isEqualTo(told.getHost());
        assertThat(door.spec("tls", "0", "hosts").texts()).containsExactly(told.getHost());
        assertThat(FILES.workload(Catalogue.ROUTER).environment(A_POD)).containsEntry("CALLBACK_URL", told.toString());
    }

    @Test
    void instances_and_alerting_find_whom_they_ask() {
        var instances =
                FILES.workload(Catalogue.ROUTER).manifest().spec("serviceName").text();
        var results = settings(Catalogue.ROUTER);
        var ingress = settings(Catalogue.INGRESS);

        assertThat(results.get(Catalogue.ADVERTISED_URL))
                .hasToString(
                        "http://" + A_POD + "." + instances + ".captcha.svc:" + results.get(Catalogue.RESULTS_PORT));
        assertThat(FILES.one("Service", instances).spec("clusterIP").text()).isEqualTo("None");
        assertThat(settings(Catalogue.ALERTING).get(Catalogue.ALERT_PROBE_URL))
                .hasToString("http://" + Catalogue.INGRESS + ":" + ingress.get(Catalogue.INGRESS_PORT)
                        + "/health/callbacks");
    }

    @Test
    void the_page_names_every_file() throws IOException {
        assertThat(manifests()).extracting(Manifest::file).isSubsetOf(page().code());
    }

    private static Pages.Page page() {
        return Pages.Page.read(KubernetesFiles.DIRECTORY.resolve("README.md"));
    }

    private static Settings settings(String service) {
        var variables = new HashMap<String, String>();
        FILES.workload(service).environment(A_POD).forEach((name, value) -> variables.put(name, here(value)));
        return Settings.read(Environment.of(variables), List.of(service));
    }

    private static Optional<Setting<?>> named(String name) {
        return Catalogue.all().stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst();
    }

    private static String here(String text) {
        return text.replace(SECRETS, secrets.toString());
    }

    private static Map<String, String> texts(Node node) {
        var texts = new HashMap<String, String>();
        node.entries().forEach((key, value) -> texts.put(key, value.text()));
        return texts;
    }

    /// That the sources of a module name.
    private static List<String> paths(String directory) throws IOException {
        try (var sources = Files.walk(Pages.ROOT.resolve(directory))) {
            return sources.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> Pages.Page.read(file).text())
                    .flatMap(source -> PATH.matcher(source).results().map(found -> found.group(1)))
                    .distinct()
                    .toList();
        }
    }
}
