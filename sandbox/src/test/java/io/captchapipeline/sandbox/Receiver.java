package io.captchapipeline.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Somebody's pingback: notes every callback and answers with the status of the test's choice.
final class Receiver implements AutoCloseable {
    final List<Callback> callbacks = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final ToIntFunction<Callback> status;

    Receiver() throws IOException {
        this(_ -> 200);
    }

    Receiver(ToIntFunction<Callback> status) throws IOException {
        this(status, 0);
    }

    Receiver(ToIntFunction<Callback> status, int port) throws IOException {
        this.status = status;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::note);
        server.start();
    }

    record Callback(
            String method,
            String path,
            String query,
            String body,
            Map<String, String> fields,
            @Nullable String agent) {
        String id() {
            return fields.getOrDefault("id", "");
        }

        String code() {
            return fields.getOrDefault("code", "");
        }
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<String> codes() {
        return callbacks.stream().map(Callback::code).toList();
    }

    private void note(HttpExchange exchange) throws IOException {
        try (exchange) {
            var query = String.valueOf(exchange.getRequestURI().getRawQuery());
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            var fields = new TreeMap<String, String>();
            for (var pair : (query + "&" + body).split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    fields.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), UTF_8));
                }
            }
            var callback = new Callback(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    query,
                    body,
                    fields,
                    exchange.getRequestHeaders().getFirst("User-Agent"));
            int answer = status.applyAsInt(callback);
            callbacks.add(callback);
            exchange.sendResponseHeaders(answer, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
