package io.captchapipeline.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What no real solver has: its behaviour to be set, and its books to be read.
final class Controls {
    private static final String ALLOW = "Allow";

    private final Vertx vertx;
    private final Solver solver;

    Controls(Vertx vertx, Solver solver) {
        this.vertx = vertx;
        this.solver = solver;
    }

    void behaviour(HttpServerRequest request) {
        switch (request.method().name()) {
            case "GET" -> Replies.json(request.response(), Json.text(solver.behaviour()));
            case "PUT" ->
                request.body()
                        .onSuccess(body -> change(request, body))
                        .onFailure(_ -> refuse(request, "the body did not arrive whole"));
            default -> forbid(request, "GET, PUT");
        }
    }

    void tasks(HttpServerRequest request) {
        if (!request.method().name().equals("GET")) {
            forbid(request, "GET");
            return;
        }
        var report = solver.report();
        vertx.executeBlocking(() -> Json.text(report), false).onSuccess(json -> Replies.json(request.response(), json));
    }

    private void change(HttpServerRequest request, Buffer body) {
        try {
            var changes = Json.parse(body.getBytes());
            var behaviour = solver.behaviour().merged(changes);
            solver.behave(behaviour, changes.has("seed"))
                    .onSuccess(_ -> Replies.json(request.response(), Json.text(behaviour)))
                    .onFailure(_ -> Replies.problem(request.response(), 500, "Not kept", "the journal failed"));
        } catch (InvalidBehaviour e) {
            refuse(request, e.getMessage());
        } catch (IOException e) {
            refuse(request, "the body is not one JSON object");
        }
    }

    private static void refuse(HttpServerRequest request, @Nullable String detail) {
        Replies.problem(request.response(), 400, "Invalid behaviour", String.valueOf(detail));
    }

    static void forbid(HttpServerRequest request, String allowed) {
        request.response().putHeader(ALLOW, allowed);
        Replies.problem(request.response(), 405, "Method not allowed", "allowed here: " + allowed);
    }
}
