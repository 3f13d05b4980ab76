package io.captchapipeline.kit.http;

import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.settings.Setting;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An HTTP server on one port, spread over event loops. Closing it stops accepting, answers what was accepted, and
/// then closes the connections.
public final class HttpService implements Running {

    private static final Logger LOG = LoggerFactory.getLogger(HttpService.class);

    private static final Duration START_PATIENCE = Duration.ofSeconds(10);
    private static final Duration DRAIN = Duration.ofSeconds(10);
    /// The same free port for all event loops, in Vert.x's words.
    private static final int ANY_PORT = -1;

    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private final Vertx vertx;
    private final Listen listen;
    private final Preparation preparation;

    private HttpService(Vertx vertx, Listen listen, Preparation preparation) {
        this.vertx = vertx;
        this.listen = listen;
        this.preparation = preparation;
    }

    /// Where to listen, and how.
    ///
    /// @param port 0: any free one
    /// @param setting what to change when the port is taken
    public record Listen(
            String address, int port, Setting<Integer> setting, int eventLoops, HttpServerOptions options) {

        /// HTTP/2 without TLS is nobody's wish here, and its requests end without an answer when the server drains.
        public Listen {
            options = new HttpServerOptions(options).setHttp2ClearTextEnabled(false);
        }

        public static Listen on(String address, int port, Setting<Integer> setting) {
            return new Listen(
                    address, port, setting, Runtime.getRuntime().availableProcessors(), new HttpServerOptions());
        }

        public Listen overEventLoops(int count) {
            return new Listen(address, port, setting, count, options);
        }

        public Listen with(HttpServerOptions other) {
            return new Listen(address, port, setting, eventLoops, other);
        }
    }

    /// `handlers` makes one handler for each event loop; only that loop calls it.
    public static HttpService on(Vertx vertx, Listen listen, Supplier<? extends Handler<HttpServerRequest>> handlers) {
        return prepared(vertx, listen, server -> {
            server.requestHandler(handlers.get());
            return _ -> {};
        });
    }

    public static HttpService prepared(Vertx vertx, Listen listen, Preparation preparation) {
        return new HttpService(vertx, listen, preparation);
    }

    /// What a server does, on each of its event loops.
    public interface Preparation {

        /// Gives its handlers to the server of this event loop.
        ///
        /// @return who is told of each connection
        Handler<HttpConnection> prepare(HttpServer server);
    }

    @Override
    public void start() {
        try {
            vertx.deployVerticle(Loop::new, new DeploymentOptions().setInstances(listen.eventLoops()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (TimeoutException e) {
            throw new StartFailure("Nothing listens on " + place() + " after " + START_PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted while starting to listen on " + place(), e);
        }
    }

    /// The port it listens on.
    public int port() {
        return servers.stream().findFirst().map(HttpServer::actualPort).orElseThrow();
    }

    @Override
    public void close() {
        var drained = servers.stream()
                .map(server -> server.shutdown(DRAIN.toMillis(), TimeUnit.MILLISECONDS))
                .toList();
        try {
            Future.join(drained).toCompletionStage().toCompletableFuture().get(DRAIN.toSeconds() + 1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.atWarn()
                    .addKeyValue("port", listen.port())
                    .log("Some requests were not answered before the server closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private StartFailure failure(ExecutionException e) {
        var cause = e.getCause() == null ? e : e.getCause();
        return cause instanceof BindException
                ? new StartFailure(
                        "Cannot listen on " + place() + " (" + cause.getMessage() + "): stop what holds it, or set "
                                + listen.setting() + " to another port",
                        cause)
                : new StartFailure("Cannot listen on " + place() + ": " + cause.getMessage(), cause);
    }

    private String place() {
        return listen.address() + ":" + listen.port();
    }

    /// The server's part on one event loop.
    private final class Loop extends VerticleBase {

        private boolean listening;

        @Override
        public Future<?> start() {
            var port = listen.port() == 0 ? ANY_PORT : listen.port();
            var server = vertx.createHttpServer(listen.options());
            var opened = preparation.prepare(server);
            server.connectionHandler(connection -> open(connection, opened));
            return server.listen(port, listen.address()).onSuccess(_ -> {
                listening = true;
                servers.add(server);
            });
        }

        /// Vert.x accepts connections a moment before it measures them. A request on one of those is never answered, so
        /// it is closed at once: the caller comes again.
        private void open(HttpConnection connection, Handler<HttpConnection> opened) {
            if (listening) {
                opened.handle(connection);
            } else {
                connection.close();
            }
        }
    }
}
