package io.captchapipeline.systemtests;

import io.captchapipeline.kit.kafka.KafkaClients;
import io.captchapipeline.kit.kafka.TopicAdmin;
import io.captchapipeline.sandbox.Sandbox;
import io.captchapipeline.sandbox.SandboxConfig;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Everything that runs: a broker, every service, a solver, a mail server, and the wires between them.
final class World implements AutoCloseable {
    /// Where everyone's output is left, for whoever wants to know what happened.
    private static final Path OUTPUT = Path.of("target", "output");

    private final Path directory;
    private final Wires wires = Wires.listen();
    private final BrokerProcess broker;
    private final Kafka kafka;
    private final Sandbox sandbox;
    private final MailServer mail = MailServer.start();
    private final TrailDatabase database;
    private final List<Instance> instances = new CopyOnWriteArrayList<>();
    private final List<Instance> gone = new ArrayList<>();
    private final ScheduledExecutorService supervisor = Executors.newSingleThreadScheduledExecutor();
    private int named;

    private World(Path directory, TrailDatabase.Kind kept) {
        this.directory = directory;
        database = TrailDatabase.start(kept, directory, wires.database());
        broker = BrokerProcess.start(directory.resolve("kafka"), wires.kafka().port());
        wires.kafka().carryTo(broker.port());
        kafka = new Kafka("127.0.0.1:" + wires.kafka().port());
        try (var topics =
                new TopicAdmin(new KafkaClients(List.of(kafka.bootstrapServers()), Map.of()), Settings.PARTITIONS, 1)) {
            topics.create(Topics.all(List.of(new Route(Settings.ROUTE))));
        }
        sandbox = Sandbox.start(new SandboxConfig(directory.resolve("sandbox"), "127.0.0.1", 0));
        wires.solver().carryTo(sandbox.port());
        wires.mail().carryTo(mail.port());
    }

    /// With one instance of every service, ready.
    ///
    /// @param kept where the trail is kept
    static World start(Path directory, TrailDatabase.Kind kept) {
        var world = new World(directory, kept);
        try {
            for (var part : Part.values()) {
                world.add(part);
            }
            world.supervise();
            world.awaitReady();
            return world;
        } catch (RuntimeException | Error e) {
            world.close();
            throw e;
        }
    }

    Kafka kafka() {
        return kafka;
    }

    BrokerProcess broker() {
        return broker;
    }

    Wires wires() {
        return wires;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    MailServer mail() {
        return mail;
    }

    TrailDatabase database() {
        return database;
    }

    /// Everything that services keep on disk, but the broker's.
    Path data() {
        return directory.resolve("data");
    }

    List<Instance> of(Part part) {
        return instances.stream().filter(one -> one.part() == part).toList();
    }

    Instance one(Part part, Random random) {
        var all = of(part);
        return all.get(random.nextInt(all.size()));
    }

    /// Also those that were taken out.
    List<Instance> everyone() {
        var all = new ArrayList<>(gone);
        all.addAll(instances);
        return all;
    }

    /// One more instance, which may not be ready yet.
    Instance add(Part part) {
        var name = part.name().toLowerCase(java.util.Locale.ROOT) + "-" + ++named;
        var settings = new HashMap<>(Settings.of(
                wires.kafka().port(),
                wires.solver().port(),
                wires.callbacks().port(),
                wires.mail().port(),
                database.url(),
                data().resolve(name)));
        var instance = part == Part.ROUTER ? startRouter(name, settings) : Instance.start(part, name, settings);
        instances.add(instance);
        carryCallbacks();
        return instance;
    }

    /// Others reach it by a wire of its own.
    private Instance startRouter(String name, Map<String, String> settings) {
        var peer = wires.toPeer();
        settings.put("ADVERTISED_URL", "http://127.0.0.1:" + peer.port());
        var router = Instance.start(Part.ROUTER, name, settings);
        peer.carryTo(router.port());
        return router;
    }

    /// It drains and ends.
    int remove(Instance instance) {
        instances.remove(instance);
        gone.add(instance);
        carryCallbacks();
        return instance.terminate();
    }

    void awaitReady() {
        instances.forEach(Instance::awaitReady);
    }

    private void carryCallbacks() {
        wires.callbacks().carryTo(of(Part.INGRESS).stream().map(Instance::port).toArray(Integer[]::new));
    }

    private void supervise() {
        var _ = supervisor.scheduleWithFixedDelay(
                () -> instances.forEach(Instance::startAgain), 1, 1, TimeUnit.SECONDS);
    }

    private void writeOutput() {
        try {
            Files.createDirectories(OUTPUT);
            Files.write(OUTPUT.resolve("broker.log"), broker.output());
            for (var instance : everyone()) {
                Files.write(OUTPUT.resolve(instance.name() + ".log"), instance.output());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        supervisor.shutdownNow();
        writeOutput();
        instances.forEach(Instance::close);
        broker.close();
        sandbox.close();
        mail.close();
        database.close();
        wires.close();
    }
}
