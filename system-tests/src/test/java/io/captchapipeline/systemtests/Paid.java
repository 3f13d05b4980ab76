package io.captchapipeline.systemtests;

import io.captchapipeline.sandbox.Sandbox;
import io.captchapipeline.schemas.event.Attempt;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Wire;
import io.captchapipeline.testkit.promise.NeverPaidTwice;
import io.captchapipeline.testkit.promise.OrderKept;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What the solver was asked and what it took, by its own books and by the topics.
final class Paid {
    private final Map<String, Instant> asked = new HashMap<>();
    private final Set<String> failed = new HashSet<>();
    private final NeverPaidTwice promise = new NeverPaidTwice();
    private final OrderKept order = new OrderKept();

    Paid(Kafka kafka, Sandbox sandbox) {
        for (var record : kafka.committed(Topics.RESULTS.name())) {
            failed(record.value());
        }
        for (var record : kafka.committed(Topics.ATTEMPTS.name())) {
            asked(record.value(), Instant.ofEpochMilli(record.timestamp()));
        }
        sandbox.tasks()
                .byRequest()
                .forEach((request, paid) ->
                        paid.attempts().forEach((attempt, times) -> promise.accepted(request, attempt, times)));
    }

    NeverPaidTwice promise() {
        return promise;
    }

    /// The attempts of a request, in the order of their numbers.
    OrderKept order() {
        return order;
    }

    private void failed(byte[] value) {
        if (Whole.is(value) && Wire.decode(Result.class, value) instanceof Result.Failed failure) {
            failed.add(name(failure.requestId().value(), failure.attempt() == null ? 1 : failure.attempt()));
        }
    }

    private void asked(byte[] value, Instant at) {
        if (!Whole.is(value)) {
            return;
        }
        var attempt = Wire.decode(Attempt.class, value);
        var request = attempt.requestId().value();
        int number = attempt.attempt();
        var first = asked.putIfAbsent(name(request, number), at);
        if (first == null) {
            for (int n = 1; n <= number; n++) {
                order.sent(request, name(request, n));
            }
            order.handled(request, name(request, number));
        }
        var before = asked.get(name(request, number - 1));
        if (failed.contains(name(request, number - 1))
                || (before != null && !at.isBefore(before.plus(Settings.ATTEMPT_TIMEOUT)))) {
            promise.mayBeFollowed(request, number - 1);
        }
    }

    private static String name(String request, int attempt) {
        return request + " attempt " + attempt;
    }
}
