package io.captchapipeline.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One service after the other grows to three instances and shrinks to the newest, under load: a rolling restart,
/// whose promises are those of every other day.
@Timeout(1800)
class RollingIT {
    private static final long SEED = Long.getLong("fire.seed", 1);
    private static final int PACE = Integer.getInteger("fire.pace", 25);

    @TempDir
    private Path directory;

    @Test
    void each_promise_is_held_while_services_grow_shrink_and_are_replaced() {
        var random = new Random(SEED);
        try (var world = World.start(directory, TrailDatabase.Kind.FILE);
                var crowd = Crowd.around(world, random, PACE)) {
            world.sandbox().behaviour(UnderFireIT.bad(SEED));
            crowd.start();
            var strike = new Strike(world, crowd, random, Duration.ZERO);
            for (var part : Part.values()) {
                replace(part, strike);
            }
            crowd.stop();
            new Verdict(world, crowd, 0, Duration.ZERO).tell();
        }
    }

    private static void replace(Part part, Strike strike) {
        var world = strike.world();
        var old = world.of(part).getFirst();
        var next = world.add(part);
        world.add(part);
        world.awaitReady();
        strike.awaitOutcomes(Strike.SOME);
        for (var leaving : new Instance[] {old, next}) {
            assertThat(world.remove(leaving)).as("%s drains", leaving.name()).isZero();
        }
        strike.awaitOutcomes(Strike.SOME);
        System.out.println(
                "-- " + part + " replaced, after " + strike.crowd().witness().outcomes() + " outcomes");
    }
}
