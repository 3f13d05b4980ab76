package io.captchapipeline.alerting;

import io.captchapipeline.kit.http.BearerToken;
import io.captchapipeline.kit.http.Problem;
import io.captchapipeline.schemas.event.Alert;
import io.captchapipeline.schemas.event.DeliverySnapshot;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.wire.Wire;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// `GET /delivery` and `GET /alerts`, of all instances.
final class AlertingApi implements Handler<HttpServerRequest> {
    private static final Set<String> ANSWERED = Set.of("GET", "HEAD");

    private final BearerToken token;
    private final Board board;
    private final BooleanSupplier caughtUp;
    private final long windowSeconds;

    /// @param caughtUp whether the board holds all that was there when this instance started
    AlertingApi(BearerToken token, Board board, BooleanSupplier caughtUp, long windowSeconds) {
        this.token = token;
        this.board = board;
        this.caughtUp = caughtUp;
        this.windowSeconds = windowSeconds;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (!token.admits(request)) {
            BearerToken.refuse(request);
        } else if (!ANSWERED.contains(request.method().name())) {
            request.response().putHeader("Allow", "GET, HEAD");
            Problem.answer(request.response(), 405, "Only GET is answered here");
        } else if (!caughtUp.getAsBoolean()) {
            request.response().putHeader("Retry-After", "1");
            Problem.answer(request.response(), 503, "The figures are being read: ask again");
        } else {
            answer(request);
        }
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/delivery" -> json(request.response(), delivery());
            case "/alerts" -> json(request.response(), alerts());
            case null, default -> Problem.answer(request.response(), 404, "Known here: /delivery, /alerts");
        }
    }

    /// Before the first judgement all is zero and no rate is known.
    private JsonObject delivery() {
        var all = board.all();
        return counts(all)
                .put("missed_task_ids", new JsonArray(missed(all)))
                .put("window_seconds", windowSeconds)
                .put("callback_p95_ms", of(all.map(DeliverySnapshot::callbackP95Ms)))
                .put("callbacks_per_minute", of(all.map(DeliverySnapshot::callbacksPerMinute)))
                .put("error_rate", of(all.map(DeliverySnapshot::errorRate)))
                .put("uptime", of(all.map(DeliverySnapshot::uptime)))
                .put("instances", of(all.map(DeliverySnapshot::instances)))
                .put("instances_missing", of(all.map(DeliverySnapshot::instancesMissing)))
                .put("by_route", by("route:"))
                .put("by_method", by("method:"))
                .put("since_start", sinceStart(all));
    }

    private static List<String> missed(Optional<DeliverySnapshot> all) {
        return all.map(DeliverySnapshot::missedTaskIds).orElse(List.of()).stream()
                .map(TaskId::value)
                .toList();
    }

    private JsonObject by(String prefix) {
        var found = new JsonObject();
        board.by(prefix).forEach((name, snapshot) -> found.put(name, counts(Optional.of(snapshot))));
        return found;
    }

    private static JsonObject counts(Optional<DeliverySnapshot> snapshot) {
        return new JsonObject()
                .put("delivered", snapshot.map(DeliverySnapshot::delivered).orElse(0L))
                .put("missed", snapshot.map(DeliverySnapshot::missed).orElse(0L))
                .put("pending", snapshot.map(DeliverySnapshot::pending).orElse(0L))
                .put("delivery_rate", of(snapshot.map(DeliverySnapshot::deliveryRate)))
                .put(
                        "rescued_by_poll",
                        snapshot.map(DeliverySnapshot::rescuedByPoll).orElse(0L));
    }

    private static JsonObject sinceStart(Optional<DeliverySnapshot> all) {
        long delivered = all.map(DeliverySnapshot::totalDelivered).orElse(0L);
        long missed = all.map(DeliverySnapshot::totalMissed).orElse(0L);
        return new JsonObject()
                .put("since", of(all.map(DeliverySnapshot::firstAt).map(Object::toString)))
                .put("delivered", delivered)
                .put("missed", missed)
                .put("delivery_rate", delivered + missed == 0 ? null : (double) delivered / (delivered + missed))
                .put(
                        "rescued_by_poll",
                        all.map(DeliverySnapshot::totalRescuedByPoll).orElse(0L));
    }

    private JsonObject alerts() {
        return new JsonObject().put("firing", array(board.firing())).put("recent", array(board.recent()));
    }

    private static JsonArray array(List<Alert> alerts) {
        var array = new JsonArray();
        alerts.forEach(alert -> array.add(new JsonObject(Buffer.buffer(Wire.encode(alert)))));
        return array;
    }

    private static @Nullable Object of(Optional<?> value) {
        return value.orElse(null);
    }

    private static void json(HttpServerResponse response, JsonObject body) {
        response.putHeader("Content-Type", "application/json").end(body.toBuffer());
    }
}
