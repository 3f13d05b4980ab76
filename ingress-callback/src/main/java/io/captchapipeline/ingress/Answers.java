package io.captchapipeline.ingress;

import io.captchapipeline.kit.kafka.Confirmation;
import io.captchapipeline.kit.kafka.NotPublished;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The answers that one event loop owes. Confirmations come from the producer's thread and are handed over in
/// batches: one wake-up of the loop serves all that have gathered.
final class Answers {
    private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain; charset=utf-8");
    private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("Retry-After");
    private static final CharSequence A_SECOND = HttpHeaders.createOptimized("1");
    private static final CharSequence ALLOW = HttpHeaders.createOptimized("Allow");
    private static final CharSequence GET_AND_POST = HttpHeaders.createOptimized("GET, POST");
    private static final int OK_STATUS = 200;
    private static final Buffer OK = Buffer.buffer("OK");
    private static final Buffer BUSY = Buffer.buffer("The callback could not be stored, send it again");

    private final Context loop;
    private final Duration patience;
    private final CallbackWatch watch;
    private final ConcurrentLinkedQueue<Answer> settled = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean wakeUp = new AtomicBoolean();
    private final ArrayDeque<Answer> waiting = new ArrayDeque<>();

    /// @param patience how long an answer waits for the broker
    Answers(Context loop, Duration patience, CallbackWatch watch) {
        this.loop = loop;
        this.patience = patience;
        this.watch = watch;
    }

    /// The answer that this request will get.
    Answer to(HttpServerRequest request, Instant receivedAt) {
        return new Answer(request, receivedAt);
    }

    /// Gives up on what has waited long enough; costs what is overdue, since all wait equally long.
    void expire() {
        long now = System.nanoTime();
        for (var oldest = waiting.peekFirst(); oldest != null; oldest = waiting.peekFirst()) {
            if (!oldest.given && now - oldest.startedAt < patience.toNanos()) {
                return;
            }
            waiting.removeFirst();
            oldest.fail(Failure.NOT_CONFIRMED);
        }
    }

    private void settle(Answer answer) {
        settled.add(answer);
        if (wakeUp.compareAndSet(false, true)) {
            loop.runOnContext(_ -> giveSettled());
        }
    }

    private void giveSettled() {
        wakeUp.set(false);
        for (var next = settled.poll(); next != null; next = settled.poll()) {
            next.settle();
        }
        while (!waiting.isEmpty() && waiting.peekFirst().given) {
            waiting.removeFirst();
        }
    }

    private static Failure failure(Throwable problem) {
        if (problem instanceof NotPublished notPublished) {
            return switch (notPublished.reason()) {
                case TOO_MANY_IN_FLIGHT -> Failure.TOO_MANY_IN_FLIGHT;
                case UNAVAILABLE, UNCONFIRMED -> Failure.NOT_CONFIRMED;
                case REFUSED, CLOSED -> Failure.NOT_STORED;
            };
        }
        return Failure.NOT_STORED;
    }

    /// One request's answer, given once.
    final class Answer {
        private final HttpServerRequest request;
        private final Instant receivedAt;
        private final long startedAt = System.nanoTime();
        private boolean given;
        /// Handed over by the queue.
        private @Nullable Throwable problem;

        private Answer(HttpServerRequest request, Instant receivedAt) {
            this.request = request;
            this.receivedAt = receivedAt;
        }

        Instant receivedAt() {
            return receivedAt;
        }

        boolean isGiven() {
            return given;
        }

        /// Follows the broker's word.
        void awaits(CompletionStage<Confirmation> confirmation) {
            waiting.addLast(this);
            confirmation.whenComplete((_, thrown) -> {
                problem = thrown;
                Answers.this.settle(this);
            });
        }

        void refuse(Refusal refusal) {
            if (given) {
                return;
            }
            watch.refused(refusal);
            if (refusal == Refusal.METHOD) {
                request.response().putHeader(ALLOW, GET_AND_POST);
            }
            give(refusal.status(), Buffer.buffer(refusal.text()));
        }

        /// For a request whose rest is not worth reading.
        void refuseAndClose(Refusal refusal) {
            if (!given) {
                request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
                refuse(refusal);
            }
        }

        private void settle() {
            if (problem == null) {
                confirm();
            } else {
                fail(failure(problem));
            }
        }

        private void confirm() {
            watch.brokerConfirms(true);
            if (!given) {
                watch.stored(elapsed(), receivedAt);
                give(OK_STATUS, OK);
            }
        }

        private void fail(Failure failure) {
            if (!given) {
                watch.brokerConfirms(false);
                watch.failed(failure, elapsed(), receivedAt);
                request.response().putHeader(RETRY_AFTER, A_SECOND);
                give(503, BUSY);
            }
        }

        private void give(int status, Buffer body) {
            given = true;
            watch.answered(request, status, elapsed());
            var response = request.response();
            if (!response.closed()) {
                response.setStatusCode(status)
                        .putHeader(HttpHeaders.CONTENT_TYPE, TEXT)
                        .end(body);
            }
        }

        private Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - startedAt);
        }
    }
}
