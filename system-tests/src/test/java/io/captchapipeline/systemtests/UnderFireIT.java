package io.captchapipeline.systemtests;

import io.captchapipeline.sandbox.Behaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every promise, while everything that can fail does. `-Dfire.seed=N` chooses what happens in which order,
/// `-Dfire.faults=N` how much of it, `-Dfire.kinds=NAME,...` which (those whose names begin so), `-Dfire.between=N` how
/// many outcomes lie between two, `-Dfire.outage=SECONDS` how long a stopped broker stays away at least,
/// `-Dfire.pace=N`
/// how many requests a second, `-Dfire.poison=N` how much that nobody can read lies on every topic before them, and
/// `-Dfire.database=FILE|SERVER` where the trail is kept: without it, in a server for odd seeds, in a file for even
/// ones.
@Timeout(1800)
class UnderFireIT {
    private static final long SEED = Long.getLong("fire.seed", 1);
    private static final TrailDatabase.Kind DATABASE =
            TrailDatabase.Kind.valueOf(System.getProperty("fire.database", SEED % 2 == 0 ? "FILE" : "SERVER"));
    private static final int FAULTS = Integer.getInteger("fire.faults", 8);
    private static final List<String> KINDS =
            List.of(System.getProperty("fire.kinds", "").split(","));
    private static final int BETWEEN = Integer.getInteger("fire.between", Strike.SOME);
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("fire.outage", 0));
    private static final int POISON = Integer.getInteger("fire.poison", 20);
    /// How many times a second the solver has no slot, whatever the pace; the account is paused for five seconds then.
    private static final double FULL_A_SECOND = 0.1;
    private static final int PACE = Integer.getInteger("fire.pace", 25);

    @TempDir
    private Path directory;

    @Test
    void each_promise_is_held_while_parts_die_freeze_and_lose_each_other() {
        var random = new Random(SEED);
        var storm = Storm.of(Fault.called(KINDS, DATABASE), FAULTS, BETWEEN, random);
        try (var world = World.start(directory, DATABASE);
                var crowd = Crowd.around(world, random, PACE)) {
            world.sandbox().behaviour(bad(SEED));
            world.add(Part.ROUTER).awaitReady();
            crowd.load().poison(POISON);
            crowd.start();
            storm.strike(new Strike(world, crowd, random, OUTAGE));
            crowd.stop();
            new Verdict(world, crowd, storm.reasonsToMailAgain(), OUTAGE).tell();
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
                .with("no_slot_rate", FULL_A_SECOND / PACE)
                .with("http_500_rate", 0.3);
    }
}
