package io.captchapipeline.standalone;

import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The topics and the users of deploy/kubernetes, as the code has them.
final class StrimziManifests {

    /// The loss of a machine loses no record that was acknowledged, and stops nothing.
    static final int REPLICAS = 3;
    static final int IN_SYNC = 2;

    private static final String HEAD = """
            # Generated from %s, so edit that.
            """;

    private StrimziManifests() {}

    static void write() {
        try {
            Files.writeString(KubernetesFiles.DIRECTORY.resolve("topics.yaml"), topics());
            Files.writeString(KubernetesFiles.DIRECTORY.resolve("users.yaml"), users());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String topics() {
        return Topics.all().stream()
                .map(StrimziManifests::topic)
                .collect(Collectors.joining("---\n", HEAD.formatted("`Topics`"), ""));
    }

    private static String topic(Topic<?> topic) {
        return resource("KafkaTopic", topic.name())
                + """
                spec:
                  partitions: %d
                  replicas: %d
                  config:
                %s
                """.formatted(
                                topic.partitions(Topic.DEFAULT_PARTITIONS),
                                REPLICAS,
                                configs(topic).entrySet().stream()
                                        .map(config -> "    " + config.getKey() + ": " + config.getValue())
                                        .collect(Collectors.joining("\n")));
    }

    /// The broker's own default says the same; a topic that says it itself keeps it.
    private static Map<String, String> configs(Topic<?> topic) {
        var configs = new TreeMap<>(topic.configs());
        configs.put("min.insync.replicas", Integer.toString(IN_SYNC));
        return configs;
    }

    /// All but the account that makes topics: Strimzi does.
    static String users() {
        return AccessRules.byAccount().entrySet().stream()
                .filter(account -> !account.getKey().equals(AccessRules.TOPICS))
                .map(account -> user(account.getKey(), account.getValue()))
                .collect(Collectors.joining("---\n", HEAD.formatted("`Pipeline` and `AccessRules`"), ""));
    }

    private static String user(String name, List<AccessRule> rules) {
        return resource("KafkaUser", name) + """
                spec:
                  authentication:
                    type: scram-sha-512
                  authorization:
                    type: simple
                    acls:
                """
                + rules.stream().map(StrimziManifests::acls).collect(Collectors.joining());
    }

    private static String acls(AccessRule rule) {
        var operations =
                rule.operations().stream().map(AccessRule.Operation::word).collect(Collectors.joining(", "));
        return rule.names().stream()
                .map(name -> """
                      - resource:
                          type: %s
                          name: %s
                          patternType: %s
                        operations: [%s]
                """.formatted(
                                rule.kind().ofStrimzi(), name, rule.prefixed() ? "prefix" : "literal", operations))
                .collect(Collectors.joining());
    }

    private static String resource(String kind, String name) {
        return """
                apiVersion: kafka.strimzi.io/v1
                kind: %s
                metadata:
                  name: %s
                  namespace: captcha
                  labels:
                    strimzi.io/cluster: captcha
                """.formatted(kind, name);
    }
}
