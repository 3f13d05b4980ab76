package io.captchapipeline.kit.consume;

import io.captchapipeline.kit.ForbiddenTopic;
import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.kafka.DeadLetters;
import io.captchapipeline.kit.kafka.GroupMember;
import io.captchapipeline.kit.kafka.KafkaClients;
import io.captchapipeline.kit.kafka.Transactions;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.ServiceContract;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Sender;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/// Makes the loops of one service.
public final class Loops {

    private static final int RECORDS_OF_A_POLL = ConsumerConfig.DEFAULT_MAX_POLL_RECORDS;

    private final Set<String> groups = new HashSet<>();
    private final ServiceContract contract;
    private final KafkaClients clients;
    private final Clock clock;
    private final MeterRegistry registry;
    private final Function<String, Transactions> transactions;

    public Loops(ServiceContract contract, KafkaClients clients, Clock clock, MeterRegistry registry) {
        this(contract, clients, clock, registry, group -> new Transactions(group, clients));
    }

    Loops(
            ServiceContract contract,
            KafkaClients clients,
            Clock clock,
            MeterRegistry registry,
            Function<String, Transactions> transactions) {
        this.contract = contract;
        this.clients = clients;
        this.clock = clock;
        this.registry = registry;
        this.transactions = transactions;
    }

    /// @param letters where dead records go, if the service may write them
    public <E extends Event> Running consume(
            Topic<E> topic, String role, Handler<E> handler, ConsumeLimits limits, DeadLetters letters) {
        var group = group(topic, role);
        var health = new LoopHealth(group, topic.name());
        var metrics = metrics(group, topic);
        var room = new Semaphore(limits.keysInFlight(), true);
        var work = new KeyWork<>(topic, handler, room, letters, burial(), health, metrics);
        var records = Math.min(RECORDS_OF_A_POLL, limits.recordsBuffered());
        return new PollingLoop(
                group,
                health,
                () -> new ConsumeMembership(
                        GroupMember.of(clients, group, records), topic.name(), limits, work::start, health));
    }

    public <E extends Event> Running claim(Topic<E> topic, String role, Claimant<E> claimant) {
        var group = group(topic, role);
        var health = new LoopHealth(group, topic.name());
        var metrics = metrics(group, topic);
        var works = new Works(metrics);
        var choosing =
                new Choosing<>(claimant, contract, new Sender(contract.name(), clock), burial(), health, metrics);
        return new PollingLoop(
                group,
                health,
                () -> new ClaimMembership<>(
                        topic,
                        GroupMember.of(clients, group, RECORDS_OF_A_POLL),
                        transactions.apply(group),
                        choosing,
                        works,
                        health,
                        metrics));
    }

    /// Whether dead records are this service's to bury.
    public boolean buries() {
        return contract.mayWrite(Topics.DEAD_LETTERS);
    }

    private String group(Topic<?> topic, String role) {
        ForbiddenTopic.refuseReading(contract, topic);
        var group = "captcha-" + contract.name() + (role.isEmpty() ? "" : "-" + role);
        if (!groups.add(group)) {
            throw new IllegalArgumentException(group + " reads a topic already; " + topic + " needs another role");
        }
        return group;
    }

    private LoopMetrics metrics(String group, Topic<?> topic) {
        return new LoopMetrics(registry, contract.name(), group, topic.name());
    }

    private Burial burial() {
        return new Burial(contract.name(), buries(), clock);
    }
}
