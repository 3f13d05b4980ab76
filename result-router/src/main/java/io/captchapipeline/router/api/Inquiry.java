package io.captchapipeline.router.api;

import io.captchapipeline.kit.Running;
import io.captchapipeline.router.api.Shelves.Heard;
import io.captchapipeline.router.api.Shelves.Place;
import io.captchapipeline.router.view.Told;
import io.captchapipeline.router.view.Waiters;
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

/// Finds what can be said of an id, wherever it lies, and waits for it as long as the asker does. Nobody who waits
/// holds a thread.
public final class Inquiry implements Running {

    /// How often somebody who waits looks again: an id that is unknown may turn out to be a task's, and a partition
    /// may have moved away from here.
    private static final Duration LOOK_AGAIN_UNKNOWN = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN_PENDING = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Shelves shelves;
    private final Peers peers;
    private final Waiters waiters;
    private final InstantSource clock;
    private final Set<Promise<Void>> waits = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public Inquiry(Vertx vertx, Shelves shelves, Peers peers, Waiters waiters, InstantSource clock) {
        this.vertx = vertx;
        this.shelves = shelves;
        this.peers = peers;
        this.waiters = waiters;
        this.clock = clock;
    }

    @Override
    public void start() {}

    /// Whoever waits is sent to another instance.
    @Override
    public void close() {
        closed = true;
        waits.forEach(Promise::tryComplete);
    }

    Future<Reply> ask(Question question) {
        if (closed || question.asker().isGone()) {
            return Future.succeededFuture(Reply.MOVING);
        }
        return switch (shelves.view(question.id())) {
            case Place.Here(var partition) -> here(question, partition);
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

    /// Takes its place among those who wait before it looks, so that nothing is told in between.
    private Future<Reply> here(Question question, int partition) {
        if (question.left().isZero()) {
            return look(question, partition);
        }
        var woken = Promise.<Void>promise();
        var place = waiters.waitFor(question.id(), woken::tryComplete);
        if (place.isEmpty()) {
            return Future.succeededFuture(Reply.BUSY);
        }
        return look(question, partition)
                .compose(reply -> mayChange(reply) ? await(question, reply, woken) : Future.succeededFuture(reply))
                .onComplete(_ -> place.get().close());
    }

    private Future<Reply> look(Question question, int partition) {
        return reading(() -> shelves.outcome(question.id(), partition))
                .compose(outcome -> outcome.isPresent()
                        ? Future.succeededFuture(told(outcome.get()))
                        : heard(question.id()).compose(heard -> unsettled(question, heard)))
                .otherwise(Reply.MOVING);
    }

    private Reply told(byte[] outcome) {
        return new Reply.Told(Buffer.buffer(Told.at(clock.instant(), outcome)));
    }

    private Future<Heard> heard(String id) {
        return shelves.ledger(id) instanceof Place.There there ? peers.heard(there.host(), id) : heardHere(id);
    }

    private Future<Reply> unsettled(Question question, Heard heard) {
        return switch (heard) {
            case Heard.Known() -> Future.succeededFuture(Reply.PENDING);
            case Heard.AliasOf(var request) -> ask(question.about(request));
            case Heard.Nothing() -> Future.succeededFuture(Reply.UNKNOWN);
        };
    }

    private static boolean mayChange(Reply reply) {
        return reply instanceof Reply.Pending || reply instanceof Reply.Unknown;
    }

    /// Until it is told here, or it is time to look again, or the asker's time is over.
    private Future<Reply> await(Question question, Reply reply, Promise<Void> woken) {
        if (question.left().isZero()) {
            return Future.succeededFuture(reply);
        }
        var pause = shorter(question.left(), reply instanceof Reply.Pending ? LOOK_AGAIN_PENDING : LOOK_AGAIN_UNKNOWN);
        var timer = vertx.setTimer(Math.max(1, pause.toMillis()), _ -> woken.tryComplete());
        Runnable leave = woken::tryComplete;
        question.asker().onLeaving(leave);
        waits.add(woken);
        return woken.future().compose(_ -> {
            vertx.cancelTimer(timer);
            question.asker().forget(leave);
            waits.remove(woken);
            return ask(question);
        });
    }

    private <T> Future<T> reading(Callable<T> read) {
        return vertx.executeBlocking(read, false).map(Objects::requireNonNull);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
