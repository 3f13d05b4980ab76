package io.captchapipeline.systemtests;

import io.captchapipeline.sandbox.Behaviour;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every promise, while everything that can fail does. `-Dfire.seed=N` chooses what happens in which order,
/// `-Dfire.faults=N` how much of it, `-Dfire.pace=N` how many requests a second.
@Timeout(1800)
class UnderFireIT {
    private static final long SEED = Long.getLong("fire.seed", 1);
    private static final int FAULTS = Integer.getInteger("fire.faults", 8);
    private static final int PACE = Integer.getInteger("fire.pace", 25);

    @TempDir
    private Path directory;

    @Test
    void each_promise_is_held_while_parts_die_freeze_and_lose_each_other() {
        var random = new Random(SEED);
        var storm = Storm.of(FAULTS, random);
        try (var world = World.start(directory);
                var load = new Load(world.kafka(), new Random(random.nextLong()), PACE);
                var strangers =
                        new Strangers(world.kafka(), world.wires().callbacks().port(), 5);
                var witness = new Witness(world.kafka())) {
            world.sandbox().behaviour(bad(SEED));
            witness.start();
            load.start();
            strangers.start();
            storm.strike(new Strike(world, load, strangers, witness, random));
            load.stop();
            strangers.stop();
            new Verdict(world, load, strangers, witness, storm.reasonsToMailAgain()).tell();
        }
    }

    static Behaviour bad(long seed) {
        return Behaviour.DEFAULT
                .with("seed", seed)
                .with("balance", 1_000_000)
                .with("solve_ms", List.of(100, 1500))
                .with("fail_rate", 0.05)
                .with("drop_callback_rate", 0.2)
                .with("duplicate_rate", 0.2)
                .with("conflict_rate", 0.05)
                .with("callback_before_reply_rate", 0.2)
                .with("lose_reply_rate", 0.1)
                .with("no_slot_rate", 0.05)
                .with("http_500_rate", 0.1);
    }
}
