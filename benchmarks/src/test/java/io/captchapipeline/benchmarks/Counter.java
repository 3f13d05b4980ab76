package io.captchapipeline.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A server that counts what comes, and answers with whatever status it is told to.
final class Counter implements AutoCloseable {
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final AtomicInteger came = new AtomicInteger();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private volatile int status = 200;

    Counter() {
        server = vertx.createHttpServer()
                .requestHandler(request -> {
                    came.incrementAndGet();
                    seen.add(request.uri());
                    var _ = request.response().setStatusCode(status).end("taken");
                })
                .listen(0, "127.0.0.1")
                .await();
    }

    int port() {
        return server.actualPort();
    }

    void answerWith(int other) {
        status = other;
    }

    int came() {
        return came.get();
    }

    Set<String> seen() {
        return Set.copyOf(seen);
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
