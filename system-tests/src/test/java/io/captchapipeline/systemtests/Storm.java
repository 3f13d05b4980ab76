package io.captchapipeline.systemtests;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Faults, one after the other, in an order that a seed decides; before each some requests end.
///
/// @param between how many outcomes
record Storm(List<Fault> faults, int between) {
    /// Each of these once and once more, until there are so many.
    static Storm of(List<Fault> kinds, int count, int between, Random random) {
        var faults = new ArrayList<Fault>();
        while (faults.size() < count) {
            var round = new ArrayList<>(kinds);
            Collections.shuffle(round, random);
            faults.addAll(round);
        }
        return new Storm(List.copyOf(faults.subList(0, count)), between);
    }

    void strike(Strike on) {
        for (var fault : faults) {
            on.awaitOutcomes(between);
            System.out.printf(
                    "-- %s %s, after %d outcomes%n",
                    Instant.now(), fault, on.crowd().witness().outcomes());
            fault.strike(on);
            System.out.printf("-- %s %s is over%n", Instant.now(), fault);
        }
        on.world().wires().restore();
        on.world().awaitReady();
    }

    /// How often alerting, or what it tells the broker of its progress, was interrupted.
    long reasonsToMailAgain() {
        return faults.stream().filter(Storm::interruptsMailing).count();
    }

    private static boolean interruptsMailing(Fault fault) {
        return switch (fault) {
            case KILL_ALERTING,
                    KILL_BROKER,
                    STOP_BROKER,
                    FULL_DISK_OF_BROKER,
                    CUT_KAFKA,
                    STALL_KAFKA,
                    HALF_CLOSE_KAFKA,
                    MAIL_DOWN,
                    STALL_MAIL,
                    HALF_CLOSE_MAIL -> true;
            default -> false;
        };
    }
}
