package io.captchapipeline.benchmarks;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/// The least that an HTTP server on Vert.x can do: answer 200 to whatever comes, on as many event loops as the ingress.
final class CeilingServer extends VerticleBase {
    private final int port;

    private CeilingServer(int port) {
        this.port = port;
    }

    public static void main(String[] args) {
        int port = Integer.parseInt(args[0]);
        Vertx.vertx()
                .deployVerticle(
                        () -> new CeilingServer(port),
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .await();
    }

    @Override
    public Future<?> start() {
        var ok = Buffer.buffer("OK");
        return vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .putHeader("Content-Type", "text/plain")
                        .end(ok))
                .listen(port, "127.0.0.1");
    }
}
