package io.captchapipeline.client;

import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.Solution;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.Status;
import io.captchapipeline.schemas.event.SubmitRequest;
import io.captchapipeline.schemas.event.TaskId;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Outcomes as the router writes them.
final class Outcomes {
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private Outcomes() {}

    static Outcome.Solved solved(String id, String token) {
        return solved(id, token, null, null, Map.of());
    }

    static Outcome.Solved solvedOn(String route, String id, String token) {
        return solved(id, token, new Route(route), null, Map.of());
    }

    static Outcome.Solved solvedUntil(Instant end, String id, String token) {
        return solved(id, token, null, end, Map.of());
    }

    static Outcome.Solved solved(String id, String token, String route, Instant end) {
        return solved(id, token, new Route(route), end, Map.of());
    }

    /// With the route and the metadata of the request.
    static Outcome.Solved solved(SubmitRequest request, String token) {
        var id = Objects.requireNonNull(request.requestId());
        return solved(id.value(), token, request.route(), null, request.metadata());
    }

    static Outcome.Failed failed(String id, String error) {
        return failed(id, error, null);
    }

    static Outcome.Failed failedOn(String route, String id, String error) {
        return failed(id, error, new Route(route));
    }

    private static Outcome.Failed failed(String id, String error, @Nullable Route route) {
        return new Outcome.Failed(
                null,
                new RequestId(id),
                Status.FAILED,
                error,
                "in other words",
                new Method("userrecaptcha"),
                route,
                1,
                null,
                null,
                null,
                null,
                null,
                Map.of());
    }

    private static Outcome.Solved solved(
            String id, String token, @Nullable Route route, @Nullable Instant expires, Map<String, String> metadata) {
        return new Outcome.Solved(
                new TaskId("7" + Math.floorMod(id.hashCode(), 1_000_000)),
                new RequestId(id),
                Solution.of(token),
                null,
                new Method("userrecaptcha"),
                route,
                1,
                NOW,
                NOW,
                expires,
                1.5,
                Source.CALLBACK,
                null,
                metadata);
    }
}
