package io.captchapipeline.client;

import io.captchapipeline.client.CaptchaException.Reason;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.RequestId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The requests that wait for their outcome. Each ends exactly once, and is forgotten then.
///
/// Futures are completed on the executor of callbacks, so that nobody's callback holds up who reads outcomes.
final class OpenRequests {
    private static final long NEVER = Long.MAX_VALUE;

    private final Map<String, Open> open = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong answered = new AtomicLong();
    private final int most;
    private final Executor callbacks;
    private final LongSupplier nanos;
    private volatile boolean closed;

    OpenRequests(int most, Executor callbacks, LongSupplier nanos) {
        this.most = most;
        this.callbacks = callbacks;
        this.nanos = nanos;
    }

    /// One more; the future fails at once where there is no room for it, or no longer.
    ///
    /// @throws IllegalArgumentException when it is open already
    CompletableFuture<Answer> add(RequestId id) {
        if (has(id.value())) {
            throw twice(id);
        }
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return refused(id, most + " requests wait for their outcome already");
        }
        var added = new Open(id, new CompletableFuture<>());
        if (open.putIfAbsent(id.value(), added) != null) {
            count.decrementAndGet();
            throw twice(id);
        }
        var unused = added.future().whenComplete((answer, problem) -> remove(added));
        if (closed) {
            end(id.value(), new CaptchaException(Reason.NOT_SENT, id, "the client is closed", null));
        }
        return added.future();
    }

    /// All of them, in their order.
    ///
    /// @throws IllegalArgumentException when one is open already, or two are the same; then none is added
    List<CompletableFuture<Answer>> addAll(List<RequestId> ids) {
        var added = new ArrayList<CompletableFuture<Answer>>();
        try {
            ids.forEach(id -> added.add(add(id)));
            return added;
        } catch (IllegalArgumentException e) {
            added.forEach(answer -> answer.cancel(false));
            throw e;
        }
    }

    boolean has(String id) {
        return open.containsKey(id);
    }

    /// It was written; its outcome is waited for so long from now on.
    void sent(RequestId id, Duration wait) {
        var found = open.get(id.value());
        if (found != null) {
            found.until = nanos.getAsLong() + wait.toNanos();
            found.waits = wait;
        }
    }

    void answered(Outcome outcome) {
        var ended = remove(outcome.requestId().value());
        if (ended != null) {
            answered.incrementAndGet();
            callbacks.execute(() -> ended.future().complete(Answer.of(outcome)));
        }
    }

    void failed(RequestId id, Throwable problem) {
        var ended = remove(id.value());
        if (ended != null) {
            callbacks.execute(() -> ended.future().completeExceptionally(problem));
        }
    }

    /// Ends those whose time is over.
    ///
    /// @param hint what may be the reason; empty where none is known
    void expire(String hint) {
        var now = nanos.getAsLong();
        for (var each : List.copyOf(open.values())) {
            if (each.until != NEVER && each.until - now <= 0) {
                var message = "no outcome within " + each.waits.toSeconds() + " s" + hint
                        + "; it may still come, the results API tells";
                failed(each.id(), new CaptchaException(Reason.NO_OUTCOME, each.id(), message, null));
            }
        }
    }

    /// Takes no more, and ends all that are open.
    void close() {
        closed = true;
        for (var each : List.copyOf(open.values())) {
            var reason = each.until == NEVER ? Reason.UNCONFIRMED : Reason.CLOSED;
            end(
                    each.id().value(),
                    new CaptchaException(reason, each.id(), "the client was closed before its outcome", null));
        }
    }

    int size() {
        return count.get();
    }

    long answered() {
        return answered.get();
    }

    private void end(String id, CaptchaException problem) {
        var ended = remove(id);
        if (ended != null) {
            ended.future().completeExceptionally(problem);
        }
    }

    private @Nullable Open remove(String id) {
        var removed = open.remove(id);
        if (removed != null) {
            count.decrementAndGet();
        }
        return removed;
    }

    private void remove(Open ended) {
        if (open.remove(ended.id().value(), ended)) {
            count.decrementAndGet();
        }
    }

    private static IllegalArgumentException twice(RequestId id) {
        return new IllegalArgumentException(id + " waits for its outcome already");
    }

    private static CompletableFuture<Answer> refused(RequestId id, String message) {
        return CompletableFuture.failedFuture(new CaptchaException(Reason.NOT_SENT, id, message, null));
    }

    /// A request from its submission to its end.
    private static final class Open {
        private final RequestId id;
        private final CompletableFuture<Answer> future;
        private volatile long until = NEVER;
        private volatile Duration waits = Duration.ZERO;

        Open(RequestId id, CompletableFuture<Answer> future) {
            this.id = id;
            this.future = future;
        }

        RequestId id() {
            return id;
        }

        CompletableFuture<Answer> future() {
            return future;
        }
    }
}
