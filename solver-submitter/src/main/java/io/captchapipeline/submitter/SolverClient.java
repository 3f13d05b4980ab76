package io.captchapipeline.submitter;

import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.schemas.event.Admitted;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Speaks HTTP with the solver, over connections that are kept. Follows no redirect, so that the key goes nowhere else.
/// The key travels in bodies, and in the query where the protocol knows no other way (res.php); what this class says of
/// a
/// call is in its own words and names neither.
final class SolverClient implements Running {
    /// Shorter than what servers grant: a post on a connection that its server is just closing would be uncertain.
    private static final int KEPT_FOR_SECONDS = 10;
    private static final String ACCEPT = "application/json, text/plain;q=0.9";

    private final HttpClient http;
    private final URI base;
    private final Secret key;
    private final Timeouts timeouts;

    /// @param connecting until a connection stands, TLS included
    /// @param answering from then until the answer is whole
    record Timeouts(Duration connecting, Duration answering) {}

    static SolverClient of(Vertx vertx, SubmitterSettings settings) {
        return new SolverClient(vertx, settings.solver(), settings.key(), settings.connections(), settings.timeouts());
    }

    SolverClient(Vertx vertx, URI base, Secret key, int connections, Timeouts timeouts) {
        this.base = base;
        this.key = key;
        this.timeouts = timeouts;
        this.http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) timeouts.connecting().toMillis())
                        .setSslHandshakeTimeout(timeouts.connecting().toSeconds() + 1)
                        .setKeepAliveTimeout(KEPT_FOR_SECONDS)
                        .setTcpNoDelay(true),
                new PoolOptions().setHttp1MaxSize(connections));
    }

    /// @param pingback where the solver is to call back, if anywhere
    Reply submit(Admitted request, Optional<String> pingback) {
        var form = SubmitForm.of(request, key, pingback);
        var options = options(HttpMethod.POST, "/in.php").putHeader(HttpHeaders.CONTENT_TYPE, form.contentType());
        return exchange(options, Buffer.buffer(form.body()));
    }

    /// Asks res.php.
    Reply ask(String action, Map<String, String> more) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("key", key.value());
        fields.put("action", action);
        fields.putAll(more);
        fields.put("json", "1");
        return exchange(options(HttpMethod.GET, "/res.php?" + SubmitForm.query(fields)), Buffer.buffer());
    }

    @Override
    public void start() {
        // A connection is made when it is needed.
    }

    @Override
    public void close() {
        http.close();
    }

    private Reply exchange(RequestOptions options, Buffer body) {
        var exchange = new Exchange(body, key);
        http.request(options).onComplete(exchange::connected);
        return exchange.reply(timeouts.connecting().plus(timeouts.answering()));
    }

    private RequestOptions options(HttpMethod method, String path) {
        var isTls = "https".equals(base.getScheme());
        var port = base.getPort() >= 0 ? base.getPort() : isTls ? 443 : 80;
        return new RequestOptions()
                .setMethod(method)
                .setSsl(isTls)
                .setHost(base.getHost())
                .setPort(port)
                .setURI(base.getRawPath().replaceFirst("/+$", "") + path)
                .setConnectTimeout(timeouts.connecting().toMillis())
                .putHeader(HttpHeaders.ACCEPT, ACCEPT);
    }
}
