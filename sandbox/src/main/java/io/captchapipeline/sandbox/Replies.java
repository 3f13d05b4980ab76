package io.captchapipeline.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;

/// Answers in the form that was asked for: plain text, or JSON with `json=1`.
final class Replies {
    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    private final HttpServerRequest request;
    private final Params params;

    Replies(HttpServerRequest request, Params params) {
        this.request = request;
        this.params = params;
    }

    /// `OK|...`, or `status` 1.
    void ok(String text) {
        ok(Answer.text(text));
    }

    void ok(Answer answer) {
        tell("OK|" + answer.plain(), json(1, answer));
    }

    /// With its price, as `get2` tells it.
    void ok(Answer answer, String price) {
        var json = json(1, answer);
        json.put("price", price);
        tell("OK|" + answer.plain() + "|" + price, json);
    }

    /// A success that is not announced by `OK|`.
    void bare(String text) {
        tell(text, json(1, Answer.text(text)));
    }

    void error(String code) {
        tell(code, json(0, Answer.text(code)));
    }

    void error(String code, String text) {
        var json = json(0, Answer.text(code));
        json.put("error_text", text);
        tell(code, json);
    }

    /// With another status of HTTP than 200.
    void error(String code, int status) {
        tell(status, code, json(0, Answer.text(code)));
    }

    /// Several texts: a list in JSON.
    void list(List<String> texts) {
        ok(new Answer(String.join("|", texts), Json.tree(texts), Map.of()));
    }

    /// When something outlives the process.
    void bareWhen(Future<Void> kept, String text) {
        kept.onSuccess(_ -> bare(text)).onFailure(_ -> broken(BrokenPage.TEXT));
    }

    void broken(BrokenPage page) {
        send(request.response(), 500, page.contentType(), page.body());
    }

    private void tell(String plain, JsonNode json) {
        tell(200, plain, json);
    }

    private void tell(int status, String plain, JsonNode json) {
        if (params.is("header_acao", "1")) {
            request.response().putHeader("Access-Control-Allow-Origin", "*");
        }
        send(
                request.response(),
                status,
                params.wantsJson() ? JSON : PLAIN,
                params.wantsJson() ? json.toString() : plain);
    }

    static void json(HttpServerResponse response, String json) {
        send(response, 200, JSON, json);
    }

    static void problem(HttpServerResponse response, int status, String title, String detail) {
        var problem = Json.object().put("title", title).put("status", status).put("detail", detail);
        send(response, status, PROBLEM, problem.toString());
    }

    static void send(HttpServerResponse response, int status, String contentType, String body) {
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                    .end(Buffer.buffer(body));
        }
    }

    private static ObjectNode json(int status, Answer answer) {
        var json = Json.object().put("status", status);
        json.set("request", answer.json());
        answer.siblings().forEach(json::put);
        return json;
    }
}
