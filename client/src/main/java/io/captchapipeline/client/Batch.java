package io.captchapipeline.client;

import io.captchapipeline.client.CaptchaException.Reason;
import io.captchapipeline.schemas.event.RequestId;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Requests that were submitted together. Their answers can be had as they come, or all by a deadline, or both.
public final class Batch {
    private final List<Part> parts;

    Batch(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /// In the order of the requests.
    public List<RequestId> requestIds() {
        return parts.stream().map(Part::id).toList();
    }

    /// One a request, in their order.
    public List<CompletableFuture<Answer>> futures() {
        return parts.stream().map(Part::future).toList();
    }

    /// Hands over each answer as soon as it is there. Requests whose answer cannot be told are not among them;
    /// [#collect] names them.
    ///
    /// @return completes when the last one was handed over; fails with what a handler threw
    public CompletableFuture<Void> onEach(Consumer<? super Answer> handler) {
        return CompletableFuture.allOf(parts.stream()
                .map(part -> part.future()
                        .handle((answer, problem) -> Optional.ofNullable(answer))
                        .thenAccept(answer -> answer.ifPresent(handler)))
                .toArray(CompletableFuture[]::new));
    }

    /// The answers as they come. Taking the next one waits for it; the stream ends with the last, or at the deadline.
    public Stream<Answer> answers(Duration within) {
        var until = System.nanoTime() + within.toNanos();
        BlockingQueue<Optional<Answer>> come = new LinkedBlockingQueue<>();
        for (var part : parts) {
            var unused = part.future().whenComplete((answer, problem) -> come.add(Optional.ofNullable(answer)));
        }
        return parts.stream()
                .map(part -> next(come, until))
                .takeWhile(Next::inTime)
                .flatMap(next -> next.answer().stream());
    }

    /// All answers that are there by the deadline, or earlier if all are; the missing ones are named.
    public Collected collect(Duration within) {
        var until = System.nanoTime() + within.toNanos();
        var answers = new LinkedHashMap<RequestId, Answer>();
        var missing = new LinkedHashMap<RequestId, CaptchaException>();
        for (var part : parts) {
            try {
                var left = Math.max(0, until - System.nanoTime());
                answers.put(part.id(), part.future().get(left, TimeUnit.NANOSECONDS));
            } catch (TimeoutException e) {
                missing.put(part.id(), missing(part, Reason.NO_OUTCOME, "not within " + within, e));
            } catch (ExecutionException | CancellationException e) {
                missing.put(part.id(), known(part, e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                missing.put(part.id(), missing(part, Reason.NO_OUTCOME, "interrupted", e));
            }
        }
        return new Collected(answers, missing);
    }

    private static Next next(BlockingQueue<Optional<Answer>> come, long until) {
        try {
            var answer = come.poll(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            return answer == null ? new Next(Optional.empty(), false) : new Next(answer, true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Next(Optional.empty(), false);
        }
    }

    private static CaptchaException known(Part part, Exception e) {
        return e.getCause() instanceof CaptchaException known
                ? known
                : missing(part, Reason.NO_OUTCOME, "nobody waits for it any more", e);
    }

    private static CaptchaException missing(Part part, Reason reason, String message, Exception e) {
        return new CaptchaException(reason, part.id(), message, e);
    }

    /// What there was at a deadline.
    ///
    /// @param answers solved and failed, in the order of the requests
    /// @param missing requests without an answer, and why
    public record Collected(Map<RequestId, Answer> answers, Map<RequestId, CaptchaException> missing) {
        public Collected {
            answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
            missing = Collections.unmodifiableMap(new LinkedHashMap<>(missing));
        }

        public boolean isComplete() {
            return missing.isEmpty();
        }

        /// Of the answers, those with a solution.
        public List<Answer.Solved> solved() {
            return answers.values().stream()
                    .filter(Answer.Solved.class::isInstance)
                    .map(Answer.Solved.class::cast)
                    .toList();
        }

        /// Of the answers, those without.
        public List<Answer.Failed> failed() {
            return answers.values().stream()
                    .filter(Answer.Failed.class::isInstance)
                    .map(Answer.Failed.class::cast)
                    .toList();
        }
    }

    record Part(RequestId id, CompletableFuture<Answer> future) {}

    private record Next(Optional<Answer> answer, boolean inTime) {}
}
