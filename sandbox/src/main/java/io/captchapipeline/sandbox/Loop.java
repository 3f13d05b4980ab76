package io.captchapipeline.sandbox;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The one event loop of a sandbox: everything is wired here, and nothing here is ever touched by another thread.
final class Loop extends VerticleBase {
    private static final int LONGEST_REQUEST_LINE = 80 * 1024;
    private static final int IDLE_SECONDS = 120;
    private static final int DRAIN_SECONDS = 5;

    private final SandboxConfig config;
    private final Tuning tuning;
    private final State state;
    private final JournalFiles files;
    private final long firstJournal;
    private @Nullable Parts parts;

    /// @param state as the files left it
    /// @param firstJournal the number of the journal to begin
    Loop(SandboxConfig config, Tuning tuning, State state, JournalFiles files, long firstJournal) {
        this.config = config;
        this.tuning = tuning;
        this.state = state;
        this.files = files;
        this.firstJournal = firstJournal;
    }

    private record Parts(Journal journal, Pingbacks pingbacks, Solver solver, HttpServer server) {}

    @Override
    public Future<?> start() throws Exception {
        var journal = new Journal(context, files, firstJournal, tuning);
        var books = new Books(state, journal);
        var pingbacks = new Pingbacks(vertx, books, tuning);
        var solver = new Solver(vertx, books, pingbacks, tuning.clock());
        var server = vertx.createHttpServer(options()).requestHandler(routes(solver));
        parts = new Parts(journal, pingbacks, solver, server);
        return server.listen(config.port(), config.host()).onSuccess(_ -> solver.resume());
    }

    /// Answers what was accepted, keeps what happened, and leaves the rest to the next start.
    @Override
    public Future<?> stop() {
        var all = requireNonNull(parts);
        return all.server()
                .shutdown(DRAIN_SECONDS, TimeUnit.SECONDS)
                .eventually(all.pingbacks()::close)
                .eventually(all.journal()::close);
    }

    int port() {
        return requireNonNull(parts).server().actualPort();
    }

    /// Does something on the loop, for a caller that is not on it.
    <T> Future<T> with(Function<Solver, Future<T>> action) {
        var done = Promise.<T>promise();
        context.runOnContext(_ -> action.apply(requireNonNull(parts).solver()).onComplete(done));
        return done.future();
    }

    private Handler<HttpServerRequest> routes(Solver solver) {
        var in = new InPhp(vertx, solver);
        var res = new ResPhp(solver);
        var controls = new Controls(vertx, solver);
        return request -> {
            switch (String.valueOf(request.path())) {
                case "/in.php" -> forPhp(request, in::handle);
                case "/res.php" -> forPhp(request, res::handle);
                case "/sandbox/behaviour" -> controls.behaviour(request);
                case "/sandbox/tasks" -> controls.tasks(request);
                default -> Replies.problem(request.response(), 404, "Not found", "there is nothing here");
            }
        };
    }

    private static void forPhp(HttpServerRequest request, Handler<HttpServerRequest> handler) {
        switch (request.method().name()) {
            case "GET", "POST" -> handler.handle(request);
            default -> Controls.forbid(request, "GET, POST");
        }
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
                .setMaxFormAttributeSize(2 * ParamsReader.MOST_BYTES)
                .setMaxFormBufferedBytes(2 * ParamsReader.MOST_BYTES)
                .setIdleTimeout(IDLE_SECONDS);
    }
}
