package io.captchapipeline.kit.http;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/// An error of an HTTP API, as `application/problem+json` (RFC 9457).
public final class Problem {

    private Problem() {}

    /// @param detail what is wrong and what to do; never what the caller sent
    public static void answer(HttpServerResponse response, int status, String detail) {
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .end(body(response, status, detail).toBuffer());
    }

    private static JsonObject body(HttpServerResponse response, int status, String detail) {
        return new JsonObject()
                .put("status", status)
                .put("title", response.getStatusMessage())
                .put("detail", detail);
    }
}
