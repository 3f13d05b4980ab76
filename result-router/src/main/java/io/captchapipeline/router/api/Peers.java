package io.captchapipeline.router.api;

import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.router.api.Shelves.Heard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.state.HostInfo;

/// The other instances, asked by the same API and with the same token. One that does not answer is like one whose
/// partition moves: it is asked again later.
public final class Peers implements Running {

    static final String HOPS = "X-Captcha-Hops";

    private static final Sizes NORMAL = new Sizes(1_000, 32, 1_000);
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

    private final HttpClient quick;
    private final HttpClient patient;
    private final URI advertised;
    private final Optional<Secret> token;

    /// @param advertised this one's own; the others are reached in the same way
    public Peers(Vertx vertx, URI advertised, Optional<Secret> token) {
        this(vertx, advertised, token, NORMAL);
    }

    Peers(Vertx vertx, URI advertised, Optional<Secret> token, Sizes sizes) {
        this.advertised = advertised;
        this.token = token;
        this.quick = client(vertx, sizes.quick(), sizes.queue());
        this.patient = client(vertx, sizes.patient(), 0);
    }

    /// Connections to one peer. A wait holds one for minutes, so waits have some of their own, and nobody queues for
    /// these: an outcome that is already there would be told to the queue last.
    ///
    /// @param queue how many short calls may wait for a connection
    record Sizes(int patient, int quick, int queue) {}

    private static HttpClient client(Vertx vertx, int connections, int queue) {
        return vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout((int) CONNECT_WITHIN.toMillis()),
                new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(queue));
    }

    @Override
    public void start() {}

    @Override
    public void close() {
        quick.close();
        patient.close();
    }

    Future<Reply> ask(HostInfo host, Question question) {
        var left = question.left();
        var uri = "/results/" + question.id() + "?wait=" + left.toMillis() + "ms";
        var request = to(host, uri, left.plus(ANSWER_WITHIN)).putHeader(HOPS, Integer.toString(question.hops() + 1));
        return (left.isZero() ? quick : patient)
                .request(request)
                .compose(sent -> answered(sent, question.asker()))
                .compose(response -> response.body().map(body -> reply(response, body)))
                .otherwise(failure -> failure instanceof ConnectionPoolTooBusyException ? Reply.BUSY : Reply.MOVING);
    }

    Future<Heard> heard(HostInfo host, String id) {
        return quick.request(to(host, "/internal/ledger/" + id, ANSWER_WITHIN))
                .compose(HttpClientRequest::send)
                .compose(response -> response.statusCode() == 200
                        ? response.body().map(body -> Hearsay.read(new JsonObject(body)))
                        : Future.failedFuture("not here"));
    }

    /// An asker who leaves takes the connection along.
    private static Future<HttpClientResponse> answered(HttpClientRequest request, Asker asker) {
        Runnable leave = request::reset;
        asker.onLeaving(leave);
        return request.send().onComplete(_ -> asker.forget(leave));
    }

    private static Reply reply(HttpClientResponse response, Buffer body) {
        return switch (response.statusCode()) {
            case 200 -> new Reply.Told(body);
            case 202 -> Reply.PENDING;
            case 404 -> Reply.UNKNOWN;
            default -> Reply.MOVING;
        };
    }

    private RequestOptions to(HostInfo host, String uri, Duration within) {
        var path = Optional.ofNullable(advertised.getPath()).orElse("");
        var request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setSsl("https".equals(advertised.getScheme()))
                .setHost(host.host())
                .setPort(host.port())
                .setURI((path.endsWith("/") ? path.substring(0, path.length() - 1) : path) + uri)
                .setTimeout(TimeUnit.NANOSECONDS.toMillis(within.toNanos()));
        token.ifPresent(secret -> request.putHeader("Authorization", "Bearer " + secret.value()));
        return request;
    }
}
