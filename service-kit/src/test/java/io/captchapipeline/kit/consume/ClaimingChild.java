package io.captchapipeline.kit.consume;

import io.captchapipeline.schemas.event.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// A claim loop in a process of its own. It takes everything there are permits for, and says what it works on.
final class ClaimingChild {

    /// What it does before it takes anything.
    enum Mood {
        EAGER,
        /// Ends its process at once, as kill -9 does, when it has just begun a work.
        DIES_WORKING,
        /// Hangs in the middle of choosing until it may go on.
        HANGS_WHILE_CHOOSING,
        /// Lets the records wait, and is asked again and again, until it may go on.
        LETS_WAIT
    }

    private static final int PERMITS = 32;
    private static final int LAST_WORK = 150;
    private static final AtomicInteger WORKS = new AtomicInteger();

    private ClaimingChild() {}

    /// @param args bootstrap servers, name of the bed, mood, the file whose existence lets it go on
    static void main(String[] args) throws InterruptedException {
        try (var bed = Bed.of(args[0], args[1])) {
            var loop = bed.claims(claimant(bed, Mood.valueOf(args[2]), Path.of(args[3])));
            loop.start();
            new CountDownLatch(1).await();
        }
    }

    private static Claimant<Result> claimant(Bed bed, Mood mood, Path goOn) {
        var permits = new Semaphore(PERMITS);
        return (received, _) -> switch (mood) {
            case EAGER -> take(bed, received, permits, Integer.MAX_VALUE);
            case DIES_WORKING -> take(bed, received, permits, LAST_WORK);
            case HANGS_WHILE_CHOOSING -> {
                System.out.println("holding " + Bed.id(received));
                while (!Files.exists(goOn)) {
                    pause(10);
                }
                yield take(bed, received, permits, Integer.MAX_VALUE);
            }
            case LETS_WAIT -> {
                System.out.println("holding " + Bed.id(received));
                yield Files.exists(goOn)
                        ? take(bed, received, permits, Integer.MAX_VALUE)
                        : new Claim.Wait(Duration.ofMillis(10));
            }
        };
    }

    private static Claim take(Bed bed, Received<Result> received, Semaphore permits, int last) {
        if (!permits.tryAcquire()) {
            return new Claim.Wait(Duration.ofMillis(100));
        }
        Runnable work = () -> {
            System.out.println("worked " + Bed.id(received));
            if (WORKS.incrementAndGet() >= last) {
                Runtime.getRuntime().halt(1);
            }
            pause(5);
            permits.release();
        };
        return new Claim.Take(List.of(bed.mark(received)), work, permits::release);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(Duration.ofMillis(millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
