package io.captchapipeline.kit.http;

import io.captchapipeline.kit.health.HealthCheck;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// What operators and orchestrators ask a process: is it alive, is it ready, how is it doing. Alive needs no Kafka, or
/// a broker's failure would restart the fleet.
public final class Management implements Handler<HttpServerRequest> {

    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Set<HttpMethod> ANSWERED = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final Vertx vertx;
    private final Supplier<List<HealthCheck>> readiness;
    private final PrometheusMeterRegistry metrics;

    public Management(Vertx vertx, Supplier<List<HealthCheck>> readiness, PrometheusMeterRegistry metrics) {
        this.vertx = vertx;
        this.readiness = readiness;
        this.metrics = metrics;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (!ANSWERED.contains(request.method())) {
            request.response().putHeader("Allow", "GET, HEAD");
            Problem.answer(request.response(), 405, "Only GET is answered here");
            return;
        }
        switch (request.path()) {
            case "/health/live" -> health(request, List.of());
            case "/health/ready" -> health(request, readiness.get());
            case "/metrics" -> metrics(request);
            case null, default ->
                Problem.answer(request.response(), 404, "Known here: /health/live, /health/ready, /metrics");
        }
    }

    private static void health(HttpServerRequest request, List<HealthCheck> checks) {
        var up = true;
        var shown = new JsonArray();
        for (var check : checks) {
            var health = check.read().get();
            up &= health.up();
            shown.add(new JsonObject()
                    .put("name", check.name())
                    .put("status", health.status())
                    .put("data", new JsonObject(health.data())));
        }
        var body = new JsonObject().put("status", up ? "UP" : "DOWN").put("checks", shown);
        request.response()
                .setStatusCode(up ? 200 : 503)
                .putHeader("Content-Type", "application/json")
                .end(body.toBuffer());
    }

    /// Off the event loop: a scrape walks thousands of series.
    private void metrics(HttpServerRequest request) {
        vertx.executeBlocking(() -> metrics.scrape(METRICS_TYPE), false)
                .onSuccess(text -> request.response()
                        .putHeader("Content-Type", METRICS_TYPE)
                        .end(text))
                .onFailure(e -> Problem.answer(request.response(), 500, "The metrics could not be read"));
    }
}
