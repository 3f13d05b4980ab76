package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.event.Overdue;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Posts what is admitted, and plays the solver too: one that refuses, loses replies, calls back early, late, twice,
/// never, and with words that contradict each other.
final class Submitter {
    private final Simulation world;
    private final Map<String, Task> tasks = new HashMap<>();

    /// @param error null where it is solved
    private record Task(
            String request,
            int attempt,
            String id,
            @Nullable String error,
            Instant readyAt) {
        String solution() {
            return "token-" + id;
        }
    }

    Submitter(Simulation world) {
        this.world = world;
    }

    void admitted(Output.Admit admit) {
        world.within(world.chance(10) ? 200 : 20, () -> {
            if (world.now().isBefore(admit.deadline())) {
                attempt(admit.requestId().value(), admit.attempt());
            }
        });
    }

    void overdue(Overdue overdue) {
        world.within(2, () -> {
            var task = tasks.get(overdue.taskId().value());
            if (task != null && !world.now().isBefore(task.readyAt()) && task.error() == null) {
                world.write(LedgerEvent.of(
                        Events.polled(task.request(), task.attempt(), task.id(), task.solution(), world.now()),
                        world.now()));
            }
        });
    }

    private void attempt(String id, int attempt) {
        world.write(Events.attempt(id, attempt, world.now()));
        int luck = world.random.nextInt(100);
        if (luck < 10) {
            refused(id, attempt);
        } else if (luck < 14) {
            failed(id, attempt, "ERROR_GOOGLEKEY");
        } else if (luck < 18) {
            failed(id, attempt, "ERROR_BAD_DUPLICATES");
        } else if (luck >= 32) {
            world.within(0.05, () -> taken(id, attempt));
        }
    }

    /// What was not taken may be told twice, when the writer does not know whether the first was written.
    private void refused(String id, int attempt) {
        world.after(0.2, () -> {
            var refusal = Events.refused(id, attempt, world.random.nextInt(12), world.now());
            world.write(LedgerEvent.of(refusal, world.now()));
            if (world.chance(30)) {
                world.within(40, () -> world.write(LedgerEvent.of(refusal, world.now())));
            }
        });
    }

    private void failed(String id, int attempt, String error) {
        world.after(
                0.2,
                () -> world.write(LedgerEvent.of(Events.failed(id, attempt, null, error, world.now()), world.now())));
    }

    private void taken(String id, int attempt) {
        world.oracle.accepted(id, attempt);
        boolean late = world.chance(20);
        int luck = world.random.nextInt(100);
        var error = luck < (late ? 30 : 65)
                ? null
                : luck < 90 ? "ERROR_CAPTCHA_UNSOLVABLE" : "ERROR_PROXY_CONNECTION_FAILED";
        var readyAt = world.now().plusMillis(world.random.nextInt(late ? 400_000 : 30_000));
        var task = new Task(id, attempt, id + "." + attempt, error, readyAt);
        tasks.put(task.id(), task);
        if (error == null) {
            world.oracle.said(task.id(), task.solution());
        }
        if (!world.chance(25)) {
            world.within(world.chance(8) ? 250 : 2, () -> announce(task));
        }
        callBack(task);
    }

    private void announce(Task task) {
        var announcement = Events.announcement(task.request(), task.attempt(), task.id(), world.now());
        world.write(announcement);
        world.oracle.announced(task.request(), task.attempt());
        if (world.chance(10)) {
            world.within(10, () -> world.write(announcement));
        }
    }

    private void callBack(Task task) {
        if (!world.chance(15)) {
            world.at(task.readyAt(), () -> answer(task));
        }
        if (world.chance(5)) {
            world.within(
                    60,
                    () -> world.write(
                            LedgerEvent.of(Events.byRoute(task.id(), Oracle.FORGED, world.now()), world.now())));
        }
    }

    private void answer(Task task) {
        say(task);
        if (world.chance(20)) {
            world.within(60, () -> say(task));
        }
        if (world.chance(10)) {
            world.within(60, () -> bare(task));
        }
        if (world.chance(8)) {
            world.within(60, () -> contradict(task));
        }
        if (world.chance(8)) {
            world.within(
                    5,
                    () -> world.write(LedgerEvent.of(
                            Events.solved(
                                    task.request(),
                                    task.attempt() + world.random.nextInt(2),
                                    Oracle.WRONG_TASK,
                                    "x",
                                    world.now()),
                            world.now())));
        }
    }

    private void say(Task task) {
        var result = task.error() == null
                ? Events.solved(task.request(), task.attempt(), task.id(), task.solution(), world.now())
                : Events.failed(task.request(), task.attempt(), task.id(), task.error(), world.now());
        world.write(LedgerEvent.of(result, world.now()));
    }

    private void bare(Task task) {
        if (task.error() == null) {
            world.write(LedgerEvent.of(Events.bare(task.id(), task.solution(), world.now()), world.now()));
        }
    }

    private void contradict(Task task) {
        world.oracle.said(task.id(), "other");
        world.write(LedgerEvent.of(
                Events.solved(task.request(), task.attempt(), task.id(), "other", world.now()), world.now()));
    }
}
