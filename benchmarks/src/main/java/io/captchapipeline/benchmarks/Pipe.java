package io.captchapipeline.benchmarks;

import io.captchapipeline.broker.FreePort;
import io.captchapipeline.ingress.IngressCallback;
import io.captchapipeline.router.ResultRouter;
import java.io.IOException;
import java.time.Duration;

/// Broker, ingress and router, each in a process of its own.
///
/// @param ingressPort where callbacks are taken
record Pipe(Stage stage, int ingressPort, Child router) implements AutoCloseable {

    /// Returns when all listen.
    static Pipe start(Variant variant) throws IOException {
        var stage = Stage.start(variant.broker());
        try {
            return start(stage, variant);
        } catch (IOException | RuntimeException e) {
            stage.close();
            throw e;
        }
    }

    /// Nothing is late, so that nothing but callbacks keeps the router busy.
    private static Pipe start(Stage stage, Variant variant) throws IOException {
        int ingressPort = FreePort.next();
        int resultsPort = FreePort.next();
        stage.with("INGRESS_PORT", ingressPort)
                .with("RESULTS_PORT", resultsPort)
                .with("CALLBACK_URL", "http://127.0.0.1:" + ingressPort + "/callback")
                .with("CALLBACK_ALLOWED_IPS", "127.0.0.0/8")
                .with("REQUEST_TIMEOUT", "1h")
                .with("ATTEMPT_TIMEOUT", "1h")
                .with("POLL_AFTER", "30m");
        var ingress = stage.start(IngressCallback.class);
        var router = stage.start(ResultRouter.class, variant.options());
        ingress.listening(ingressPort);
        return new Pipe(stage, ingressPort, router.listening(resultsPort));
    }

    /// Where the broker is.
    String servers() {
        return stage.servers();
    }

    /// CPU time so far.
    Duration ofRouter() {
        return router.cpu();
    }

    Duration ofBroker() {
        return stage.broker().cpu();
    }

    @Override
    public void close() {
        stage.close();
    }
}
