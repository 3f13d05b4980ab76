package io.captchapipeline.standalone;

import io.captchapipeline.schemas.topic.Pipeline;
import io.captchapipeline.schemas.topic.ServiceContract;
import io.captchapipeline.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The `kafka-acls.sh` commands that give each service what its contract says, for docs/operations.md.
final class AccessRules {

    /// They keep their state in topics that Kafka Streams makes for them.
    private static final Set<ServiceContract> ON_STREAMS = Set.of(Pipeline.RESULT_ROUTER, Pipeline.ALERTING);

    /// They write what they read about in one transaction.
    private static final Set<ServiceContract> IN_TRANSACTIONS =
            Set.of(Pipeline.SOLVER_SUBMITTER, Pipeline.RESULT_ROUTER, Pipeline.ALERTING);

    /// It follows a topic, and belongs to no group.
    private static final Set<ServiceContract> WITHOUT_GROUP = Set.of(Pipeline.INGRESS_CALLBACK);

    private AccessRules() {}

    static String page() {
        var blocks = Stream.concat(
                Pipeline.services().stream().map(AccessRules::ofService), Stream.of(ofScrapers(), ofOperators()));
        return blocks.collect(Collectors.joining("\n\n", "```sh\n", "\n\n" + ofInit() + "\n```\n"));
    }

    private static String ofService(ServiceContract service) {
        var own = "captcha-" + service.name();
        var rules = new ArrayList<>(topics(service));
        if (!WITHOUT_GROUP.contains(service)) {
            rules.add(rule(service.name(), "Read,Describe", "--group " + own, true));
        }
        if (IN_TRANSACTIONS.contains(service)) {
            rules.add(rule(service.name(), "Write,Describe", "--transactional-id " + own, true));
        }
        if (ON_STREAMS.contains(service)) {
            rules.add(rule(service.name(), "All", "--topic " + own + "-", true));
        }
        return String.join("\n", rules);
    }

    private static String ofScrapers() {
        var rules = new ArrayList<>(topics(Pipeline.SCRAPERS));
        rules.add(rule("scrapers", "Read,Describe", "--group scrapers", true));
        return String.join("\n", rules);
    }

    /// Whoever watches alerts, and lists and replays dead letters.
    private static String ofOperators() {
        var rules = new ArrayList<>(topics(Pipeline.OPERATORS));
        rules.add(rule("operators", "Read,Describe", "--group captcha-dead-letters-replay", false));
        rules.add(rule("operators", "Write,Describe", "--transactional-id captcha-dead-letters-replay", false));
        return String.join("\n", rules);
    }

    /// Whoever calls `./captcha topics create`.
    private static String ofInit() {
        return rule("topics", "Create,Describe,DescribeConfigs", "--topic captcha-", true);
    }

    private static List<String> topics(ServiceContract contract) {
        return Stream.of(
                        rules(contract.name(), "Read,Describe,DescribeConfigs", contract.reads()),
                        rules(contract.name(), "Write,Describe,DescribeConfigs", contract.writes()))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> rules(String user, String operations, List<Topic<?>> topics) {
        return topics.stream().collect(Collectors.partitioningBy(Topic::byRoute)).entrySet().stream()
                .filter(kind -> !kind.getValue().isEmpty())
                .map(kind -> rule(
                        user,
                        operations,
                        kind.getValue().stream()
                                .map(topic -> "--topic " + topic.name())
                                .collect(Collectors.joining(" ")),
                        kind.getKey()))
                .toList();
    }

    private static String rule(String user, String operations, String resources, boolean prefixed) {
        var allowed = Stream.of(operations.split(","))
                .map(operation -> "--operation " + operation)
                .collect(Collectors.joining(" "));
        return "kafka-acls.sh ADMIN --allow-principal User:" + user + " " + allowed
                + (prefixed ? " --resource-pattern-type prefixed" : "") + " \\\n  " + resources;
    }
}
