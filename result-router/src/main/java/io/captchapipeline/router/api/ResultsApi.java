package io.captchapipeline.router.api;

import io.captchapipeline.kit.http.BearerToken;
import io.captchapipeline.kit.http.Problem;
import io.captchapipeline.router.api.Shelves.Heard;
import io.captchapipeline.schemas.event.InvalidEvent;
import io.captchapipeline.schemas.event.RequestId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// The results API over HTTP: what is asked, and how it is answered.
public final class ResultsApi {

    static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
    static final int MOST_IDS = 100;

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m)?");
    private static final Pattern HOPS = Pattern.compile("\\d");
    private static final String JSON = "application/json";
    private static final String RETRY_AFTER_SECONDS = "1";

    private final Vertx vertx;
    private final Inquiry inquiry;
    private final BearerToken token;

    public ResultsApi(Vertx vertx, Inquiry inquiry, BearerToken token) {
        this.vertx = vertx;
        this.inquiry = inquiry;
        this.token = token;
    }

    public Router router() {
        var router = Router.router(vertx);
        router.route().handler(this::admit);
        router.get("/results/:id").handler(this::one);
        router.get("/results").handler(this::many);
        router.get("/internal/ledger/:id").handler(this::heard);
        for (int status : List.of(400, 404, 405, 500)) {
            router.errorHandler(status, context -> Problem.answer(context.response(), status, detail(status)));
        }
        return router;
    }

    private void admit(RoutingContext context) {
        if (token.admits(context.request())) {
            context.next();
        } else {
            BearerToken.refuse(context.request());
        }
    }

    private void one(RoutingContext context) {
        var id = Objects.requireNonNull(context.pathParam("id"));
        var wait = wait(context);
        if (!isId(id) || wait.isEmpty()) {
            refuse(context, isId(id));
            return;
        }
        var question = new Question(id, System.nanoTime() + wait.get().toNanos(), hops(context), asker(context));
        inquiry.ask(question)
                .onSuccess(reply -> answer(context.response(), id, reply))
                .onFailure(context::fail);
    }

    private void many(RoutingContext context) {
        var ids = Arrays.stream(Optional.ofNullable(context.queryParams().get("ids"))
                        .orElse("")
                        .split(","))
                .distinct()
                .toList();
        var wait = wait(context);
        if (ids.size() > MOST_IDS || !ids.stream().allMatch(ResultsApi::isId) || wait.isEmpty()) {
            refuse(context, ids.stream().allMatch(ResultsApi::isId) && ids.size() <= MOST_IDS);
            return;
        }
        var deadline = System.nanoTime() + wait.get().toNanos();
        var asker = asker(context);
        var replies = new LinkedHashMap<String, Future<Reply>>();
        ids.forEach(id -> replies.put(id, inquiry.ask(new Question(id, deadline, 0, asker))));
        Future.join(List.copyOf(replies.values()))
                .onSuccess(_ -> answer(context.response(), replies))
                .onFailure(context::fail);
    }

    /// For other instances: what the ledger here has heard of an id.
    private void heard(RoutingContext context) {
        var id = Objects.requireNonNull(context.pathParam("id"));
        if (!isId(id)) {
            refuse(context, false);
            return;
        }
        inquiry.heardHere(id)
                .onSuccess((Heard heard) ->
                        send(context.response(), 200, Hearsay.written(heard).toBuffer()))
                .onFailure(_ -> later(context.response(), "The id's partition is moving or restoring"));
    }

    private static void answer(HttpServerResponse response, String id, Reply reply) {
        switch (reply) {
            case Reply.Told(var outcome) -> send(response, 200, outcome);
            case Reply.Pending() ->
                send(
                        response,
                        202,
                        new JsonObject().put("status", "pending").put("id", id).toBuffer());
            case Reply.Unknown() -> problem(response, 404, "No request or task of this id was seen");
            case Reply.Moving() -> later(response, "The id's partition is moving or restoring");
            case Reply.Busy() -> later(response, "Too many wait for outcomes already");
        }
    }

    private static void answer(HttpServerResponse response, Map<String, Future<Reply>> replies) {
        var results = new JsonObject();
        for (var each : replies.entrySet()) {
            switch (each.getValue().result()) {
                case Reply.Told(var outcome) -> results.put(each.getKey(), new JsonObject(outcome));
                case Reply.Pending() -> results.put(each.getKey(), new JsonObject().put("status", "pending"));
                case Reply.Unknown() -> results.put(each.getKey(), new JsonObject().put("status", "unknown"));
                case Reply.Moving() -> {
                    later(response, "The partition of one of the ids is moving or restoring");
                    return;
                }
                case Reply.Busy() -> {
                    later(response, "Too many wait for outcomes already");
                    return;
                }
            }
        }
        send(response, 200, new JsonObject().put("results", results).toBuffer());
    }

    private static void send(HttpServerResponse response, int status, Buffer body) {
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status).putHeader("Content-Type", JSON).end(body);
        }
    }

    private static void problem(HttpServerResponse response, int status, String detail) {
        if (!response.ended() && !response.closed()) {
            Problem.answer(response, status, detail);
        }
    }

    private static void later(HttpServerResponse response, String detail) {
        if (!response.ended() && !response.closed()) {
            response.putHeader("Retry-After", RETRY_AFTER_SECONDS);
            Problem.answer(response, 503, detail);
        }
    }

    private static void refuse(RoutingContext context, boolean idIsFine) {
        Problem.answer(
                context.response(),
                400,
                idIsFine
                        ? "wait is a time: 30s, 500ms, 2m"
                        : "An id has 1 to 128 of A-Z a-z 0-9 . _ : -, and at most " + MOST_IDS + " are asked for");
    }

    private static Asker asker(RoutingContext context) {
        var asker = new Asker();
        context.response().closeHandler(_ -> asker.leave());
        return asker;
    }

    /// None when there is nonsense in its place.
    private static Optional<Duration> wait(RoutingContext context) {
        var text = context.queryParams().get("wait");
        if (text == null) {
            return Optional.of(Duration.ZERO);
        }
        var time = TIME.matcher(text);
        if (!time.matches()) {
            return Optional.empty();
        }
        var number = Long.parseLong(time.group(1));
        var wait = switch (Optional.ofNullable(time.group(2)).orElse("s")) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
        };
        return Optional.of(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
    }

    private static int hops(RoutingContext context) {
        var text = Optional.ofNullable(context.request().getHeader(Peers.HOPS)).orElse("0");
        return HOPS.matcher(text).matches() ? Integer.parseInt(text) : 0;
    }

    private static boolean isId(String text) {
        try {
            return new RequestId(text).value().equals(text);
        } catch (InvalidEvent e) {
            return false;
        }
    }

    private static String detail(int status) {
        return switch (status) {
            case 404 -> "Known here: /results/ID and /results?ids=ID,ID";
            case 405 -> "Only GET is answered here";
            case 400 -> "The request cannot be read";
            default -> "The answer could not be found out";
        };
    }
}
