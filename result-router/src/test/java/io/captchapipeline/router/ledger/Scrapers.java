package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.TaskId;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// They ask, repeat themselves, reuse ids, and submit tasks by themselves, which they announce early, late, never, or
/// under two names.
final class Scrapers {
    private final Simulation world;
    private final Set<RequestId> requests = new HashSet<>();
    private final Set<TaskId> tasks = new HashSet<>();

    Scrapers(Simulation world) {
        this.world = world;
    }

    void begin() {
        for (int i = 0; i < 5; i++) {
            var id = "r" + i;
            world.within(30, () -> ask(id));
        }
        for (int i = 0; i < 4; i++) {
            var task = "t" + i;
            world.within(30, () -> submitByHand(task));
        }
    }

    /// Whatever was asked for, announced or answered has ended once.
    void check() {
        requests.forEach(world::checkEndedOnce);
        tasks.forEach(world::checkEndedOnce);
    }

    private void ask(String id) {
        requests.add(new RequestId(id));
        var content = ",\"timeout_seconds\":%d,\"max_attempts\":%d"
                .formatted(20 + world.random.nextInt(400), 1 + world.random.nextInt(3));
        world.write(Events.request(id, content, world.now()));
        if (world.chance(30)) {
            world.within(100, () -> world.write(Events.request(id, content, world.now())));
        }
        if (world.chance(10)) {
            world.within(300, () -> world.write(Events.request(id, ",\"max_attempts\":99", world.now())));
        }
    }

    private void submitByHand(String task) {
        var own = world.chance(50) ? null : "named-" + task;
        if (!world.chance(20)) {
            tasks.add(new TaskId(task));
            world.within(5, () -> announce(own, task));
        }
        if (world.chance(15)) {
            tasks.add(new TaskId(task));
            world.within(20, () -> announce("late-" + task, task));
        }
        if (!world.chance(15)) {
            tasks.add(new TaskId(task));
            world.within(world.chance(50) ? 5 : 400, () -> answer(task));
        }
    }

    private void announce(@Nullable String own, String task) {
        world.write(LedgerEvent.of(Events.foreign(own, task), world.now()));
        if (world.chance(20)) {
            world.within(60, () -> world.write(LedgerEvent.of(Events.foreign(own, task), world.now())));
        }
    }

    private void answer(String task) {
        world.oracle.said(task, "token");
        var result =
                world.chance(50) ? Events.bare(task, "token", world.now()) : Events.byRoute(task, "token", world.now());
        world.write(LedgerEvent.of(result, world.now()));
        if (world.chance(30)) {
            world.within(10, () -> world.write(LedgerEvent.of(result, world.now())));
        }
    }
}
