package io.captchapipeline.systemtests;

import static org.awaitility.Awaitility.await;

import io.captchapipeline.testkit.FaultProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/// What a fault may do, to whom, and what it may wait for.
///
/// @param outage how long a stopped broker stays away, at least
record Strike(World world, Crowd crowd, Random random, Duration outage) {
    static final int SOME = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long MOST_MILLIS_EACH = 200;

    void kill(Part part) {
        var victim = world.one(part, random);
        victim.kill();
        victim.startAgain();
    }

    /// It stands still until its group has given it up, and wakes up as a zombie.
    void freeze(Part part, String group) {
        var victim = world.one(part, random);
        victim.awaitReady();
        int before = world.kafka().members(group);
        victim.suspend();
        try {
            await(victim.name() + " to be given up by " + group)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(250))
                    .ignoreExceptions()
                    .until(() -> world.kafka().members(group) < before);
        } finally {
            victim.resume();
        }
    }

    /// Nothing that it keeps can grow while some more is asked; then there is room again.
    void fillDisk(Part part) {
        var victim = world.one(part, random);
        victim.awaitReady();
        victim.fillDisk();
        awaitRequests(SOME);
        victim.freeDisk();
    }

    /// Until a callback is not answered 2xx.
    void awaitRefusal() {
        awaitMore("refused callbacks", crowd.strangers()::refusals, 1);
    }

    /// Routers do not reach each other until somebody who asks is told nothing.
    void silencePeers(Consumer<FaultProxy> silence) {
        world.wires().peers().forEach(silence);
        awaitMore("questions without an answer", crowd.askers()::refusals, 1);
        world.wires().peers().forEach(FaultProxy::restore);
    }

    /// Until a callback is not answered 2xx, and the outage is over.
    void awaitOutage() {
        var over = Instant.now().plus(outage);
        awaitRefusal();
        await("the outage to be over")
                .atMost(outage.plus(PATIENCE))
                .pollInterval(Duration.ofMillis(250))
                .until(() -> Instant.now().isAfter(over));
    }

    /// Audit sinks do not reach the database until one of them says so.
    void silenceDatabase(Consumer<FaultProxy> silence) {
        var sinks = world.of(Part.AUDIT);
        sinks.forEach(Instance::awaitReady);
        silence.accept(world.wires().database());
        await("an audit sink to be down")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> sinks.stream().anyMatch(one -> one.isDown("captcha-audit-sink")));
        world.wires().database().restore();
    }

    /// Every piece is late while some more ends.
    void slow(Duration by, List<FaultProxy> wires) {
        wires.forEach(wire -> wire.delay(by));
        awaitOutcomes(SOME);
        wires.forEach(FaultProxy::restore);
    }

    void slow(Duration by, FaultProxy wire) {
        slow(by, List.of(wire));
    }

    void awaitOutcomes(int more) {
        awaitMore("outcomes", crowd.witness()::outcomes, more);
    }

    void awaitRequests(int more) {
        awaitMore("requests", () -> crowd.load().deadlines().size(), more);
    }

    private static void awaitMore(String what, IntSupplier count, int more) {
        int goal = count.getAsInt() + more;
        await(goal + " " + what)
                .atMost(PATIENCE.plusMillis(more * MOST_MILLIS_EACH))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> count.getAsInt() >= goal);
    }
}
