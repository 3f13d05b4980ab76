package io.captchapipeline.kit.testing;

import io.captchapipeline.kit.consume.Claim;
import io.captchapipeline.kit.consume.Claimant;
import io.captchapipeline.kit.consume.Origin;
import io.captchapipeline.kit.consume.Received;
import io.captchapipeline.kit.consume.Share;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Offers records to a service's claimant, on the thread of the test; it owns the whole topic unless told otherwise.
public final class InMemoryClaimant<E extends Event> {

    private final AtomicLong end = new AtomicLong();
    private final Topic<E> topic;
    private final Claimant<E> claimant;
    private final Clock clock;
    private final Consumer<Claim.Mark<?>> write;
    private Share share = new Share(Topic.DEFAULT_PARTITIONS, Topic.DEFAULT_PARTITIONS);

    InMemoryClaimant(Topic<E> topic, Claimant<E> claimant, Clock clock, Consumer<Claim.Mark<?>> write) {
        this.topic = topic;
        this.claimant = claimant;
        this.clock = clock;
        this.write = write;
        claimant.assigned(share);
    }

    /// From here on it owns so much.
    public void assign(Share gained) {
        share = gained;
        claimant.assigned(gained);
    }

    /// What it says of this event. The marks are written, and the work has ended when this returns.
    public Claim offer(E event) {
        var claim = ask(event);
        marks(claim).forEach(write);
        if (claim instanceof Claim.Take take) {
            take.work().run();
        }
        return claim;
    }

    /// The same with a transaction that does not get through: nothing is written, and what was taken is dropped.
    public Claim offerInVain(E event) {
        var claim = ask(event);
        if (claim instanceof Claim.Take take) {
            take.dropped().run();
        }
        return claim;
    }

    /// Only what it says. Nothing is written and nothing runs: that is left to the test.
    public Claim ask(E event) {
        var origin = new Origin(topic.name(), 0, end.getAndIncrement());
        return claimant.choose(new Received<>(event, origin, clock.instant()), share);
    }

    private static List<Claim.Mark<?>> marks(Claim claim) {
        return switch (claim) {
            case Claim.Take take -> take.marks();
            case Claim.Pass pass -> pass.marks();
            case Claim.Wait _ -> List.of();
            case Claim.Dead _ -> List.of();
        };
    }
}
