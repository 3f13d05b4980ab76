package io.captchapipeline.submitter;

import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.kafka.NotPublished;
import io.captchapipeline.kit.kafka.Publisher;
import io.captchapipeline.schemas.event.Event;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts on a topic what the solver said, however long the broker is away: an acceptance that nobody hears of is a task
/// that is paid for and perhaps lost. Who tells waits meanwhile and keeps its permit, so what waits is bounded, and
/// posts stop soon. Once this is closing, the broker has a few seconds left.
final class Telling implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(Telling.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Duration lastPatience;
    private final SubmitterWatch watch;
    private volatile @Nullable Long closingSince;

    /// @param lastPatience how long it goes on once it is closing
    Telling(Duration lastPatience, SubmitterWatch watch) {
        this.lastPatience = lastPatience;
        this.watch = watch;
    }

    /// Returns when the broker has it; or when it never will, which is counted.
    <E extends Event> void tell(Publisher<E> publisher, E event) {
        var pause = FIRST_PAUSE;
        var problem = send(publisher, event);
        while (problem != null && isWorthAnotherTry(problem)) {
            LockSupport.parkNanos(pause.toNanos());
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
            problem = send(publisher, event);
        }
        if (problem != null) {
            giveUp(event, problem);
        }
    }

    @Override
    public void start() {
        // Nothing runs by itself.
    }

    @Override
    public void close() {
        closingSince = System.nanoTime();
    }

    private static <E extends Event> @Nullable NotPublished send(Publisher<E> publisher, E event) {
        try {
            publisher.send(event).toCompletableFuture().get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause() instanceof NotPublished problem
                    ? problem
                    : new NotPublished(NotPublished.Reason.REFUSED, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new NotPublished(NotPublished.Reason.CLOSED, e);
        }
    }

    private boolean isWorthAnotherTry(NotPublished problem) {
        return switch (problem.reason()) {
            case TOO_MANY_IN_FLIGHT, UNAVAILABLE, UNCONFIRMED -> hasPatience();
            case REFUSED, CLOSED -> false;
        };
    }

    private boolean hasPatience() {
        var since = closingSince;
        return since == null || System.nanoTime() - since < lastPatience.toNanos();
    }

    private void giveUp(Event event, NotPublished problem) {
        var kind = event.getClass().getSimpleName();
        watch.lost(kind);
        LOG.atError()
                .addKeyValue("event", kind)
                .addKeyValue("request_id", event.about().requestId())
                .addKeyValue("task_id", event.about().taskId())
                .addKeyValue("reason", problem.reason())
                .log("What the solver said could not be told");
    }
}
