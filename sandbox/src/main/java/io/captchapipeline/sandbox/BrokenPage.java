package io.captchapipeline.sandbox;

/// What a solver that is out of order says with its status 500, whatever form was asked for.
enum BrokenPage {
    HTML(
            "text/html; charset=utf-8",
            "<html><head><title>500 Internal Server Error</title></head><body><center><h1>500 Internal Server Error</h1>"
                    + "</center><hr><center>nginx</center></body></html>"),
    TEXT("text/plain; charset=utf-8", "500 Internal Server Error"),
    EMPTY("text/html; charset=utf-8", ""),
    TRUNCATED_JSON("application/json", "{\"status\":1,\"requ");

    private final String contentType;
    private final String body;

    BrokenPage(String contentType, String body) {
        this.contentType = contentType;
        this.body = body;
    }

    String contentType() {
        return contentType;
    }

    String body() {
        return body;
    }
}
