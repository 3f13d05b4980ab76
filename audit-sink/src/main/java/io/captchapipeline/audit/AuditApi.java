package io.captchapipeline.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.http.BearerToken;
import io.captchapipeline.kit.http.Problem;
import io.captchapipeline.kit.settings.Secret;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What people ask the trail. Whatever reads the database does so off the event loop, a few at a time.
final class AuditApi implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(AuditApi.class);

    private static final String JSON = "application/json";
    private static final String JSON_LINES = "application/x-ndjson";
    private static final int QUERIES = 4;
    private static final int MOST_WAITING_QUERIES = 64;
    private static final int EXPORTS = 2;
    private static final String KNOWN_PATHS = "Known here: /audit, /audit/ID, /audit/export, /audit/verify";

    private final AtomicReference<@Nullable Future<Optional<ObjectNode>>> verifying = new AtomicReference<>();
    private final Vertx vertx;
    private final BearerToken token;
    private final TrailQueries queries;
    private final Timeline timeline;
    private final EventJson json;
    private final Verification verification;
    private final Lane quick;
    private final Lane exporting;
    private final Lane checking;

    AuditApi(Vertx vertx, Optional<Secret> token, TrailQueries queries, TopicOrder topics, Verification verification) {
        this.vertx = vertx;
        this.token = new BearerToken(token);
        this.queries = queries;
        this.timeline = new Timeline(topics);
        this.json = new EventJson(new Summary(topics));
        this.verification = verification;
        this.quick = new Lane(vertx, "audit-query", QUERIES, MOST_WAITING_QUERIES);
        this.exporting = new Lane(vertx, "audit-export", EXPORTS, EXPORTS);
        this.checking = new Lane(vertx, "audit-verify", 1, 1);
    }

    @Override
    public void start() {}

    @Override
    public void close() {
        quick.close();
        exporting.close();
        checking.close();
    }

    Handler<HttpServerRequest> routes() {
        var router = Router.router(vertx);
        router.route().handler(this::letIn);
        router.get("/audit").handler(this::page);
        router.get("/audit/export").handler(this::export);
        router.get("/audit/verify").handler(this::verify);
        router.get("/audit/:id").handler(this::timeline);
        return router.errorHandler(400, context -> Problem.answer(context.response(), 400, "This is no URL"))
                .errorHandler(404, context -> Problem.answer(context.response(), 404, KNOWN_PATHS))
                .errorHandler(405, context -> Problem.answer(context.response(), 405, "Only GET is answered here"));
    }

    private void letIn(RoutingContext context) {
        if (token.admits(context.request())) {
            context.next();
        } else {
            BearerToken.refuse(context.request());
        }
    }

    private void timeline(RoutingContext context) {
        var id = Objects.requireNonNull(context.pathParam("id"));
        answer(context, quick.run(() -> {
            var links = queries.about(id);
            return links.isEmpty() ? Optional.empty() : Optional.of(json.timeline(id, timeline.ordered(links)));
        }));
    }

    private void page(RoutingContext context) {
        asked(context)
                .ifPresent(query -> answer(context, quick.run(() -> {
                    var links = queries.page(query);
                    boolean more = links.size() == query.limit();
                    return Optional.of(json.page(links, more ? Cursor.of(links.getLast()) : null));
                })));
    }

    /// Everybody who asks while a verification runs gets its verdict.
    private void verify(RoutingContext context) {
        var running = verifying.get();
        if (running != null && !running.isComplete()) {
            answer(context, running);
            return;
        }
        var verdict = checking.run(() -> Optional.of(EventJson.verdict(verification.verify())));
        verifying.set(verdict);
        answer(context, verdict);
    }

    private void export(RoutingContext context) {
        asked(context).ifPresent(query -> {
            var response = context.response();
            var export = new Export(queries, json, query, vertx.getOrCreateContext(), response);
            exporting
                    .run(() -> {
                        export.run(() -> response.setChunked(true).putHeader("Content-Type", JSON_LINES));
                        return export;
                    })
                    .onSuccess(_ -> response.end())
                    .onFailure(e -> breakOff(response, e));
        });
    }

    private static Optional<PageQuery> asked(RoutingContext context) {
        try {
            return Optional.of(PageQuery.read(context.queryParams()));
        } catch (PageQuery.Misunderstood e) {
            Problem.answer(context.response(), 400, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static void answer(RoutingContext context, Future<Optional<ObjectNode>> work) {
        var response = context.response();
        work.onSuccess(found -> found.ifPresentOrElse(
                        json -> response.putHeader("Content-Type", JSON).end(Buffer.buffer(EventJson.bytes(json))),
                        () -> Problem.answer(response, 404, "The trail has nothing of this id")))
                .onFailure(e -> breakOff(response, e));
    }

    /// What has begun cannot become an error: the caller sees that it ends too early.
    private static void breakOff(HttpServerResponse response, Throwable e) {
        if (response.closed()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
        } else if (e instanceof Lane.Full) {
            response.putHeader("Retry-After", "2");
            Problem.answer(response, 503, "Too many ask at the same time; ask again");
        } else if (e instanceof DatabaseTrouble) {
            response.putHeader("Retry-After", "5");
            Problem.answer(response, 503, "The database of the trail does not answer; ask again");
        } else {
            LOG.atError().setCause(e).log("A question about the trail failed");
            Problem.answer(response, 500, "This could not be answered");
        }
    }

    /// A few threads, and a few that may wait for them.
    private static final class Lane {
        private final AtomicInteger taken = new AtomicInteger();
        private final WorkerExecutor workers;
        private final int room;

        Lane(Vertx vertx, String name, int threads, int room) {
            this.workers = vertx.createSharedWorkerExecutor(name, threads, 1, TimeUnit.HOURS);
            this.room = room;
        }

        <T> Future<T> run(Callable<T> work) {
            if (taken.incrementAndGet() > room) {
                taken.decrementAndGet();
                return Future.failedFuture(new Full());
            }
            return workers.executeBlocking(work, false)
                    .onComplete(_ -> taken.decrementAndGet())
                    .map(Objects::requireNonNull);
        }

        void close() {
            workers.close();
        }

        private static final class Full extends RuntimeException {
            private static final long serialVersionUID = 1;
        }
    }
}
