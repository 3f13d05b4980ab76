package io.captchapipeline.standalone;

import static io.captchapipeline.standalone.AccessRule.Kind.GROUP;
import static io.captchapipeline.standalone.AccessRule.Kind.TOPIC;
import static io.captchapipeline.standalone.AccessRule.Kind.TRANSACTIONAL_ID;
import static io.captchapipeline.standalone.AccessRule.Operation.ALL;
import static io.captchapipeline.standalone.AccessRule.Operation.CREATE;
import static io.captchapipeline.standalone.AccessRule.Operation.DESCRIBE;
import static io.captchapipeline.standalone.AccessRule.Operation.DESCRIBE_CONFIGS;
import static io.captchapipeline.standalone.AccessRule.Operation.READ;
import static io.captchapipeline.standalone.AccessRule.Operation.WRITE;

import io.captchapipeline.schemas.topic.Pipeline;
import io.captchapipeline.schemas.topic.ServiceContract;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.standalone.AccessRule.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What gives each service no more than its contract says: as `kafka-acls.sh` commands for docs/operations.md, and as
/// the
/// users in deploy/kubernetes.
final class AccessRules {

    /// Whoever calls `./captcha topics create`.
    static final String TOPICS = "topics";

    /// They keep their state in topics that Kafka Streams makes for them.
    private static final Set<ServiceContract> ON_STREAMS = Set.of(Pipeline.RESULT_ROUTER, Pipeline.ALERTING);

    /// They write what they read about in one transaction.
    private static final Set<ServiceContract> IN_TRANSACTIONS =
            Set.of(Pipeline.SOLVER_SUBMITTER, Pipeline.RESULT_ROUTER, Pipeline.ALERTING);

    /// It follows a topic, and belongs to no group.
    private static final Set<ServiceContract> WITHOUT_GROUP = Set.of(Pipeline.INGRESS_CALLBACK);

    private static final List<Operation> TO_READ = List.of(READ, DESCRIBE, DESCRIBE_CONFIGS);
    private static final List<Operation> TO_WRITE = List.of(WRITE, DESCRIBE, DESCRIBE_CONFIGS);
    private static final List<Operation> TO_JOIN = List.of(READ, DESCRIBE);
    private static final List<Operation> TO_TRANSACT = List.of(WRITE, DESCRIBE);

    private AccessRules() {}

    static String page() {
        return byAccount().values().stream()
                .map(rules -> rules.stream().map(AccessRule::command).collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n\n", "```sh\n", "\n```\n"));
    }

    /// Of all accounts, the services' first.
    static SequencedMap<String, List<AccessRule>> byAccount() {
        return Stream.of(
                        Pipeline.services().stream().map(AccessRules::ofService),
                        Stream.of(ofScrapers(), ofOperators(), List.of(ofInit())))
                .flatMap(rules -> rules)
                .collect(Collectors.toMap(
                        rules -> rules.getFirst().account(), rules -> rules, (one, other) -> one, LinkedHashMap::new));
    }

    private static List<AccessRule> ofService(ServiceContract service) {
        var own = "captcha-" + service.name();
        var rules = new ArrayList<>(topics(service));
        if (!WITHOUT_GROUP.contains(service)) {
            rules.add(new AccessRule(service.name(), TO_JOIN, GROUP, List.of(own), true));
        }
        if (IN_TRANSACTIONS.contains(service)) {
            rules.add(new AccessRule(service.name(), TO_TRANSACT, TRANSACTIONAL_ID, List.of(own), true));
        }
        if (ON_STREAMS.contains(service)) {
            rules.add(new AccessRule(service.name(), List.of(ALL), TOPIC, List.of(own + "-"), true));
        }
        return rules;
    }

    private static List<AccessRule> ofScrapers() {
        var rules = new ArrayList<>(topics(Pipeline.SCRAPERS));
        rules.add(new AccessRule("scrapers", TO_JOIN, GROUP, List.of("scrapers"), true));
        return rules;
    }

    /// Whoever watches alerts, and lists and replays dead letters.
    private static List<AccessRule> ofOperators() {
        var replay = List.of("captcha-dead-letters-replay");
        var rules = new ArrayList<>(topics(Pipeline.OPERATORS));
        rules.add(new AccessRule("operators", TO_JOIN, GROUP, replay, false));
        rules.add(new AccessRule("operators", TO_TRANSACT, TRANSACTIONAL_ID, replay, false));
        return rules;
    }

    private static AccessRule ofInit() {
        return new AccessRule(TOPICS, List.of(CREATE, DESCRIBE, DESCRIBE_CONFIGS), TOPIC, List.of("captcha-"), true);
    }

    private static List<AccessRule> topics(ServiceContract contract) {
        return Stream.of(
                        rules(contract.name(), TO_READ, contract.reads()),
                        rules(contract.name(), TO_WRITE, contract.writes()))
                .flatMap(List::stream)
                .toList();
    }

    private static List<AccessRule> rules(String account, List<Operation> operations, List<Topic<?>> topics) {
        return topics.stream().collect(Collectors.partitioningBy(Topic::byRoute)).entrySet().stream()
                .filter(kind -> !kind.getValue().isEmpty())
                .map(kind -> new AccessRule(
                        account,
                        operations,
                        TOPIC,
                        kind.getValue().stream().map(Topic::name).toList(),
                        kind.getKey()))
                .toList();
    }
}
