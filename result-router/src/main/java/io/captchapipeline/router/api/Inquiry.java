package io.captchapipeline.router.api;

import io.captchapipeline.kit.Running;
import io.captchapipeline.router.api.Shelves.Heard;
import io.captchapipeline.router.api.Shelves.Place;
import io.captchapipeline.router.view.Told;
import io.captchapipeline.router.view.Waiters;
import io.captchapipeline.router.view.Waiters.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Finds what can be said of an id, wherever it lies, and waits for it as long as the asker does. Nobody who waits
/// holds a thread.
public final class Inquiry implements Running {

    /// How often somebody who waits looks again: an id that is unknown may turn out to be a task's, and a partition
    /// may have moved away from here.
    record Pace(Duration unknown, Duration pending) {}

    private static final Pace NORMAL = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(5));

    private final Vertx vertx;
    private final Shelves shelves;
    private final Peers peers;
    private final Waiters waiters;
    private final InstantSource clock;
    private final Pace pace;
    private final Set<Promise<Void>> waits = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public Inquiry(Vertx vertx, Shelves shelves, Peers peers, Waiters waiters, InstantSource clock) {
        this(vertx, shelves, peers, waiters, clock, NORMAL);
    }

    Inquiry(Vertx vertx, Shelves shelves, Peers peers, Waiters waiters, InstantSource clock, Pace pace) {
        this.vertx = vertx;
        this.shelves = shelves;
        this.peers = peers;
        this.waiters = waiters;
        this.clock = clock;
        this.pace = pace;
    }

    @Override
    public void start() {}

    /// Whoever waits is sent to another instance.
    @Override
    public void close() {
        closed = true;
        waits.forEach(Promise::tryComplete);
    }

    /// Whoever waits has one place for all of the time, however often it looks again and wherever that leads.
    Future<Reply> ask(Question question) {
        if (question.left().isZero()) {
            return find(question, _ -> {});
        }
        var bell = new Bell();
        return waiters.waitFor(question.id(), bell::ring)
                .map(place -> waiting(question, place, bell).onComplete(_ -> place.close()))
                .orElse(Future.succeededFuture(Reply.BUSY));
    }

    private Future<Reply> waiting(Question question, Waiting place, Bell bell) {
        var woken = bell.nextRing();
        return find(question, place::alsoFor)
                .compose(reply -> mayChange(reply) && !question.left().isZero()
                        ? pause(question, reply, woken).compose(_ -> waiting(question, place, bell))
                        : Future.succeededFuture(reply));
    }

    /// @param alias told what else the question turns out to be about
    private Future<Reply> find(Question question, Consumer<String> alias) {
        if (closed || question.asker().isGone()) {
            return Future.succeededFuture(Reply.MOVING);
        }
        return switch (shelves.view(question.id())) {
            case Place.Here(var partition) -> look(question, partition, alias);
            case Place.There(var host) ->
                question.mayTravel() ? peers.ask(host, question) : Future.succeededFuture(Reply.MOVING);
            case Place.Nowhere _ -> Future.succeededFuture(Reply.MOVING);
        };
    }

    /// What the ledger of this instance has heard.
    Future<Heard> heardHere(String id) {
        return switch (shelves.ledger(id)) {
            case Place.Here(var partition) -> reading(() -> shelves.heard(id, partition));
            case Place.There _ -> Future.failedFuture("elsewhere");
            case Place.Nowhere _ -> Future.failedFuture("nowhere");
        };
    }

    private Future<Reply> look(Question question, int partition, Consumer<String> alias) {
        return reading(() -> shelves.outcome(question.id(), partition))
                .compose(outcome -> outcome.isPresent()
                        ? Future.succeededFuture(told(outcome.get()))
                        : heard(question.id()).compose(heard -> unsettled(question, heard, alias)))
                .otherwise(Reply.MOVING);
    }

    private Reply told(byte[] outcome) {
        return new Reply.Told(Buffer.buffer(Told.at(clock.instant(), outcome)));
    }

    private Future<Heard> heard(String id) {
        return shelves.ledger(id) instanceof Place.There there ? peers.heard(there.host(), id) : heardHere(id);
    }

    private Future<Reply> unsettled(Question question, Heard heard, Consumer<String> alias) {
        return switch (heard) {
            case Heard.Known() -> Future.succeededFuture(Reply.PENDING);
            case Heard.AliasOf(var request) -> {
                if (!question.mayFollow(request)) {
                    yield Future.succeededFuture(Reply.UNKNOWN);
                }
                alias.accept(request);
                yield find(question.about(request), alias);
            }
            case Heard.Nothing() -> Future.succeededFuture(Reply.UNKNOWN);
        };
    }

    private static boolean mayChange(Reply reply) {
        return reply instanceof Reply.Pending || reply instanceof Reply.Unknown;
    }

    /// Until it is told here, or it is time to look again, or the asker's time is over.
    private Future<Void> pause(Question question, Reply reply, Promise<Void> woken) {
        var pause = shorter(question.left(), reply instanceof Reply.Pending ? pace.pending() : pace.unknown());
        var timer = vertx.setTimer(Math.max(1, pause.toMillis()), _ -> woken.tryComplete());
        Runnable leave = woken::tryComplete;
        question.asker().onLeaving(leave);
        waits.add(woken);
        return woken.future().onComplete(_ -> {
            vertx.cancelTimer(timer);
            question.asker().forget(leave);
            waits.remove(woken);
        });
    }

    private <T> Future<T> reading(Callable<T> read) {
        return vertx.executeBlocking(read, false).map(Objects::requireNonNull);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
