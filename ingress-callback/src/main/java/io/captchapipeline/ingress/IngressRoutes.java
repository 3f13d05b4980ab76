package io.captchapipeline.ingress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.captchapipeline.kit.kafka.Publisher;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.ticket.Tickets;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import java.time.Clock;

/// What the public port answers.
final class IngressRoutes {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final long EXPIRE_EVERY_MS = 100;
    private static final long LOOK_FOR_SLOW_EVERY_MS = 1_000;
    private static final String PLAIN_TEXT = "text/plain; charset=utf-8";

    private final Vertx vertx;
    private final IngressSettings settings;
    private final Callers callers;
    private final CallbackReader reader;
    private final Publisher<Result> results;
    private final CallbackWatch watch;
    private final Clock clock;

    IngressRoutes(Vertx vertx, IngressSettings settings, Publisher<Result> results, CallbackWatch watch, Clock clock) {
        this.vertx = vertx;
        this.settings = settings;
        this.callers = new Callers(settings.allowed(), settings.trustedProxies());
        this.reader =
                new CallbackReader(Tickets.signedWith(settings.secretTexts()), settings.open(), settings.idPattern());
        this.results = results;
        this.watch = watch;
        this.clock = clock;
    }

    /// The handler for WebSockets is there for the unknown versions of HTTP: without it Vert.x answers them by itself,
    /// with 501.
    Handler<HttpConnection> prepare(HttpServer server) {
        var answers = new Answers(vertx.getOrCreateContext(), settings.ackTimeout(), watch);
        var arrivals = new Arrivals(settings.wholeWithin());
        var endpoint = new CallbackEndpoint(callers, reader, results, answers, arrivals, clock);
        var others = others(answers);
        vertx.setPeriodic(EXPIRE_EVERY_MS, _ -> answers.expire());
        vertx.setPeriodic(LOOK_FOR_SLOW_EVERY_MS, _ -> arrivals.closeTheSlow());
        server.invalidRequestHandler(request -> refuse(answers, request, invalid(request)))
                .webSocketHandshakeHandler(handshake -> handshake.reject(Refusal.MALFORMED.status()))
                .requestHandler(request -> {
                    var path = request.path();
                    var base = CallbackPaths.baseOf(path);
                    if (request.version() == null) {
                        refuse(answers, request, Refusal.MALFORMED);
                    } else if (path != null && base != null) {
                        endpoint.handle(request, path, base);
                    } else {
                        arrivals.arrived(request.connection());
                        others.handle(request);
                    }
                });
        return arrivals::opened;
    }

    /// All that is no callback. The router insists on a `Host` and on a path that it can decode; solvers need neither.
    private Handler<HttpServerRequest> others(Answers answers) {
        var router = Router.router(vertx);
        router.get("/health/callbacks").handler(context -> health(context.response()));
        settings.verification()
                .ifPresent(text -> router.get("/2captcha.txt")
                        .handler(context -> context.response()
                                .putHeader(HttpHeaders.CONTENT_TYPE, PLAIN_TEXT)
                                .end(text)));
        return router.errorHandler(400, context -> refuse(answers, context.request(), Refusal.MALFORMED))
                .errorHandler(404, context -> refuse(answers, context.request(), Refusal.UNKNOWN_PATH))
                .errorHandler(405, context -> refuse(answers, context.request(), Refusal.METHOD));
    }

    private void refuse(Answers answers, HttpServerRequest request, Refusal refusal) {
        answers.to(request, clock.instant()).refuseAndClose(refusal);
    }

    private static Refusal invalid(HttpServerRequest request) {
        return switch (request.decoderResult().cause()) {
            case TooLongHttpLineException _ -> Refusal.URI_TOO_LONG;
            case TooLongHttpHeaderException _ -> Refusal.HEADERS_TOO_LARGE;
            case null, default -> Refusal.MALFORMED;
        };
    }

    private void health(HttpServerResponse response) {
        var report = watch.report(clock.instant());
        response.setStatusCode(report.status() == CallbackReport.Status.HEALTHY ? 200 : 503)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(json(report));
    }

    private static String json(CallbackReport report) {
        try {
            return MAPPER.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
