package io.captchapipeline.kit.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.broker.FreePort;
import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.http.HttpService.Listen;
import io.captchapipeline.kit.metrics.Metrics;
import io.captchapipeline.kit.settings.Catalogue;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HttpServiceTest {

    private static final int BEGINNINGS = 300;
    private static final int CLOSED = -1;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void every_event_loop_has_a_handler_of_its_own_on_one_port() {
        var handlers = ConcurrentHashMap.<Object>newKeySet();
        try (var service = HttpService.on(vertx, anyPort().overEventLoops(3), () -> answering(handlers))) {
            service.start();

            assertThat(get(service, "/").join().statusCode()).isEqualTo(200);
            assertThat(handlers).hasSize(3);
        }
    }

    @RepeatedTest(5)
    void what_was_accepted_is_answered_before_the_server_is_gone() throws Exception {
        var asked = new CountDownLatch(1);
        var held = new CompletableFuture<HttpServerRequest>();
        var service = HttpService.on(vertx, anyPort(), () -> request -> {
            held.complete(request);
            asked.countDown();
        });
        service.start();
        var answer = get(service, "/");
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

        var closed = CompletableFuture.runAsync(service::close);
        await().until(() -> !accepts(service));
        assertThat(closed).isNotDone();
        var _ = held.join().response().end("late");

        assertThat(answer.join().body()).isEqualTo("late");
        closed.join();
    }

    /// Vert.x accepts connections before it measures them, if only for a moment: sooner or later somebody comes then.
    @Test
    @Timeout(60)
    void who_connects_while_it_begins_to_listen_is_answered_or_turned_away() throws Exception {
        var measured = new Metrics().vertx(new VertxOptions());
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < BEGINNINGS; i++) {
                int port = FreePort.next();
                var listen = Listen.on("127.0.0.1", port, Catalogue.INGRESS_PORT);
                var first = callers.submit(() -> firstByteOfAnswer(port));
                try (var service = HttpService.on(
                        measured, listen, () -> request -> request.response().end())) {
                    service.start();
                    assertThat(first.get(20, TimeUnit.SECONDS)).isIn((int) 'H', CLOSED);
                    assertThat(firstByteOfAnswer(port)).isEqualTo('H');
                }
            }
        } finally {
            measured.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static int firstByteOfAnswer(int port) throws IOException {
        try (var socket = connect(port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            return socket.getInputStream().read();
        } catch (SocketException e) {
            return CLOSED;
        }
    }

    private static Socket connect(int port) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (ConnectException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }

    @Test
    void a_taken_port_is_named_with_the_setting_to_change() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var service = HttpService.on(
                        vertx,
                        Listen.on("127.0.0.1", taken.getLocalPort(), Catalogue.INGRESS_PORT),
                        () -> HttpServerRequest::end)) {
            assertThatThrownBy(service::start)
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("set INGRESS_PORT to another port");
        }
    }

    @Test
    void a_service_that_was_never_started_closes() {
        HttpService.on(vertx, anyPort(), () -> HttpServerRequest::end).close();
    }

    private static boolean accepts(HttpService service) throws IOException {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }

    private static Listen anyPort() {
        return Listen.on("127.0.0.1", 0, Catalogue.INGRESS_PORT);
    }

    private static Handler<HttpServerRequest> answering(Set<Object> handlers) {
        var handler = new Handler<HttpServerRequest>() {
            @Override
            public void handle(HttpServerRequest request) {
                request.response().end("here");
            }
        };
        handlers.add(handler);
        return handler;
    }

    private CompletableFuture<HttpResponse<String>> get(HttpService service, String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }
}
