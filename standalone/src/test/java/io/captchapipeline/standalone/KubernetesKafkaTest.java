package io.captchapipeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.schemas.topic.Pipeline;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.standalone.KubernetesFiles.Manifest;
import io.captchapipeline.standalone.KubernetesFiles.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Kafka in deploy/kubernetes against the code: its topics, who may do what with them, and what is scaled by their lag.
class KubernetesKafkaTest {

    private static final KubernetesFiles FILES = updated();
    private static final String SUBMITTER = Catalogue.SUBMITTER;

    /// A right on one resource, however it was written.
    private record Right(String kind, String name, boolean prefixed, List<String> operations) {}

    static List<Arguments> generated() {
        return List.of(
                Arguments.of("topics.yaml", StrimziManifests.topics()),
                Arguments.of("users.yaml", StrimziManifests.users()));
    }

    private static KubernetesFiles updated() {
        if (Boolean.getBoolean("update.docs")) {
            StrimziManifests.write();
        }
        return KubernetesFiles.read();
    }

    @ParameterizedTest
    @MethodSource("generated")
    void topics_and_users_are_as_the_code_writes_them(String name, String wanted) throws IOException {
        assertThat(Files.readString(KubernetesFiles.DIRECTORY.resolve(name)))
                .as("deploy/kubernetes/" + name + " is stale: mvn test -pl standalone -am -Dtest=KubernetesKafkaTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dupdate.docs=true")
                .isEqualTo(wanted);
    }

    @Test
    void every_topic_has_what_topics_create_would_give_it_and_copies_that_survive_a_machine() {
        var partitions = settings("TOPIC_PARTITIONS");
        var wanted = new HashMap<String, Map<String, String>>();
        for (var topic : Topics.all()) {
            var all = new HashMap<>(topic.configs());
            all.put("min.insync.replicas", "2");
            all.put("partitions", Integer.toString(topic.partitions(Integer.parseInt(partitions))));
            all.put("replicas", settings("TOPIC_REPLICATION"));
            wanted.put(topic.name(), all);
        }

        assertThat(FILES.of("KafkaTopic").stream().collect(Collectors.toMap(Manifest::name, topic -> {
                    var found = texts(topic.spec("config"));
                    found.put("partitions", topic.spec("partitions").text());
                    found.put("replicas", topic.spec("replicas").text());
                    return found;
                })))
                .isEqualTo(wanted);
        assertThat(settings("TOPIC_REPLICATION")).isEqualTo("3");
    }

    @Test
    void every_account_may_do_what_its_contract_needs_and_no_more() {
        var wanted = new HashMap<String, List<Right>>();
        AccessRules.byAccount().forEach((account, rules) -> wanted.put(account, rights(rules)));
        wanted.remove(AccessRules.TOPICS);
        wanted.put("lag-reader", rightsToSeeTheLag());

        assertThat(FILES.of("KafkaUser").stream()
                        .collect(Collectors.toMap(Manifest::name, KubernetesKafkaTest::rights)))
                .isEqualTo(wanted);
        assertThat(wanted).containsKeys(Services.names().toArray(String[]::new));
    }

    private static List<Right> rights(List<AccessRule> rules) {
        var rights = new ArrayList<Right>();
        for (var rule : rules) {
            var operations =
                    rule.operations().stream().map(AccessRule.Operation::word).toList();
            rule.names()
                    .forEach(name -> rights.add(new Right(rule.kind().ofStrimzi(), name, rule.prefixed(), operations)));
        }
        return rights;
    }

    private static List<Right> rights(Manifest user) {
        return user.spec("authorization", "acls").items().stream()
                .map(acl -> new Right(
                        acl.at("resource", "type").text(),
                        acl.at("resource", "name").text(),
                        acl.at("resource", "patternType").text().equals("prefix"),
                        acl.at("operations").texts()))
                .toList();
    }

    private static List<Right> rightsToSeeTheLag() {
        return List.of(
                new Right("topic", Topics.ADMITTED.name(), false, List.of("Describe")),
                new Right("group", "captcha-" + SUBMITTER, false, List.of("Describe")));
    }

    @Test
    void whoever_connects_is_asked_who_it_is_and_may_do_what_is_written() {
        var kafka = FILES.one("Kafka", "captcha");
        var listeners = kafka.spec("kafka", "listeners").items();

        assertThat(listeners)
                .singleElement()
                .satisfies(listener -> assertThat(texts(listener)).contains(Map.entry("tls", "true")))
                .satisfies(listener ->
                        assertThat(listener.at("authentication", "type").text()).isEqualTo("scram-sha-512"));
        assertThat(kafka.spec("kafka", "authorization", "type").text()).isEqualTo("simple");
        assertThat(FILES.of("KafkaUser"))
                .allSatisfy(user ->
                        assertThat(user.spec("authentication", "type").text()).isEqualTo("scram-sha-512"));
        assertThat(settings("KAFKA_BOOTSTRAP_SERVERS"))
                .isEqualTo("captcha-kafka-bootstrap:"
                        + listeners.getFirst().at("port").text());
        assertThat(settings("KAFKA_SASL_MECHANISM")).isEqualTo("SCRAM-SHA-512");
    }

    @Test
    void the_loss_of_a_broker_stops_nothing() {
        var kafka = texts(FILES.one("Kafka", "captcha").spec("kafka", "config"));
        var copies = kafka.entrySet().stream()
                .filter(config -> config.getKey().endsWith("replication.factor"))
                .toList();

        assertThat(copies)
                .hasSize(4)
                .allSatisfy(config -> assertThat(config.getValue()).isEqualTo("3"));
        assertThat(kafka)
                .containsEntry("min.insync.replicas", "2")
                .containsEntry("transaction.state.log.min.isr", "2")
                .containsEntry("auto.create.topics.enable", "false")
                .containsEntry("add.partitions.to.txn.retry.backoff.ms", "1");
        assertThat(FILES.of("KafkaNodePool")).hasSize(2).allSatisfy(pool -> {
            assertThat(pool.spec("replicas").number()).isEqualTo(3);
            assertThat(pool.spec(
                                    "template",
                                    "pod",
                                    "affinity",
                                    "podAntiAffinity",
                                    "requiredDuringSchedulingIgnoredDuringExecution",
                                    "0",
                                    "labelSelector",
                                    "matchLabels",
                                    "strimzi.io/pool-name")
                            .text())
                    .isEqualTo(pool.name());
        });
    }

    @Test
    void the_brokers_are_as_new_as_the_clients() throws IOException {
        var version = Pattern.compile("<kafka.version>(.+)</kafka.version>")
                .matcher(Files.readString(Pages.ROOT.resolve("pom.xml")));

        assertThat(version.find()).isTrue();
        assertThat(FILES.one("Kafka", "captcha").spec("kafka", "version").text())
                .isEqualTo(version.group(1));
    }

    @Test
    void everything_of_strimzi_belongs_to_the_one_cluster() {
        assertThat(FILES.manifests())
                .filteredOn(manifest ->
                        manifest.kind().startsWith("Kafka") && !manifest.kind().equals("Kafka"))
                .isNotEmpty()
                .allSatisfy(manifest -> assertThat(manifest.body()
                                .at("metadata", "labels", "strimzi.io/cluster")
                                .text())
                        .isEqualTo("captcha"));
    }

    @Test
    void the_submitters_are_as_many_as_what_waits_for_them_asks_for() throws IOException {
        var scaled = FILES.of("ScaledObject").getFirst();
        var trigger = texts(scaled.spec("triggers", "0", "metadata"));

        assertThat(FILES.of("ScaledObject")).hasSize(1);
        assertThat(scaled.spec("scaleTargetRef", "name").text()).isEqualTo(SUBMITTER);
        assertThat(FILES.one("Deployment", SUBMITTER).spec("replicas").isThere())
                .as("said by two")
                .isFalse();
        assertThat(scaled.spec("minReplicaCount").number()).isEqualTo(2);
        assertThat(scaled.spec("maxReplicaCount").text()).isEqualTo(settings("TOPIC_PARTITIONS"));
        assertThat(trigger)
                .containsEntry("topic", Topics.ADMITTED.name())
                .containsEntry("consumerGroup", "captcha-" + Pipeline.SOLVER_SUBMITTER.name())
                .containsEntry(
                        "bootstrapServers", settings("KAFKA_BOOTSTRAP_SERVERS").replace(":", ".captcha.svc:"))
                .containsEntry("sasl", "scram_sha512")
                .containsEntry("tls", "enable");
        assertThat(Pipeline.SOLVER_SUBMITTER.reads()).contains(Topics.ADMITTED);
        // A role would be the end of the group's name.
        assertThat(Files.readString(Pages.ROOT.resolve(
                        SUBMITTER + "/src/main/java/io/captchapipeline/submitter/SolverSubmitter.java")))
                .contains("claim(Topics.ADMITTED, \"\"");
    }

    @Test
    void who_looks_at_the_lag_logs_in_as_its_user() {
        var account = FILES.of("ScaledObject").getFirst().spec("triggers", "0", "authenticationRef", "name");
        var login = FILES.one("TriggerAuthentication", account.text());
        var name = login.spec("configMapTargetRef", "0");

        assertThat(FILES.one("ConfigMap", name.at("name").text())
                        .body()
                        .at("data", name.at("key").text())
                        .text())
                .isEqualTo("lag-reader");
        assertThat(login.spec("secretTargetRef").items())
                .extracting(secret ->
                        secret.at("name").text() + ":" + secret.at("key").text())
                .containsExactly("lag-reader:password", "captcha-cluster-ca-cert:ca.crt");
    }

    @Test
    void services_count_on_the_partitions_that_the_topics_get() {
        assertThat(settings("TOPIC_PARTITIONS")).isEqualTo(Integer.toString(Topic.DEFAULT_PARTITIONS));
    }

    private static String settings(String name) {
        return FILES.one("ConfigMap", "settings").body().at("data", name).text();
    }

    private static Map<String, String> texts(Node node) {
        var texts = new HashMap<String, String>();
        node.entries().forEach((key, value) -> texts.put(key, value.text()));
        return texts;
    }
}
