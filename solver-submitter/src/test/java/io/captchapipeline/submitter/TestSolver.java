package io.captchapipeline.submitter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// A solver that says what the test tells it to, over real HTTP.
final class TestSolver implements AutoCloseable {
    static final String KEY = "0123456789abcdef0123456789abcdef";

    private final HttpServer http;
    private final List<Map<String, String>> submissions = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> questions = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String submit = "{\"status\":1,\"request\":\"2122988149\"}";
    private final Map<String, String> byAction =
            new ConcurrentHashMap<>(Map.of("getbalance", "{\"status\":1,\"request\":\"9.5\"}"));

    TestSolver() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/in.php", this::submitted);
        http.createContext("/res.php", this::asked);
        http.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    void answersSubmissions(int answer, String body) {
        status = answer;
        submit = body;
    }

    void answersSubmissions(String body) {
        answersSubmissions(200, body);
    }

    void answers(String action, String body) {
        byAction.put(action, body);
    }

    /// The fields of each post.
    List<Map<String, String>> submissions() {
        return submissions;
    }

    /// The fields of each question but those for the balance.
    List<Map<String, String>> questions() {
        return questions.stream()
                .filter(fields -> !"getbalance".equals(fields.get("action")))
                .toList();
    }

    private void submitted(HttpExchange exchange) throws IOException {
        submissions.add(fields(new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        answer(exchange, status, submit);
    }

    private void asked(HttpExchange exchange) throws IOException {
        var fields = fields(exchange.getRequestURI().getRawQuery());
        questions.add(fields);
        answer(exchange, 200, byAction.getOrDefault(fields.getOrDefault("action", ""), "ERROR_EMPTY_ACTION"));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Map<String, String> fields(String form) {
        var fields = new TreeMap<String, String>();
        for (var pair : form.split("&")) {
            var parts = pair.split("=", 2);
            fields.put(URLDecoder.decode(parts[0], UTF_8), parts.length < 2 ? "" : URLDecoder.decode(parts[1], UTF_8));
        }
        return fields;
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
