package io.captchapipeline.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.captchapipeline.kit.testing.InMemoryPublisher;
import io.captchapipeline.schemas.event.Result;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// A hundred thousand requests that must not be taken; another seed by `-Dseed=N`.
class MalformedRequestsTest {
    private static final int COUNT = 100_000;
    private static final int WARM_UP = 20_000;
    private static final long MOST_GROWTH = 24L * 1024 * 1024;

    private final InMemoryPublisher<Result> publisher = TestIngress.inMemory();
    private final TestIngress ingress = new TestIngress(publisher, true);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Map<Integer, Integer> answers = new TreeMap<>();

    @BeforeEach
    void listenToTheLog() {
        logged.start();
        root().addAppender(logged);
    }

    @AfterEach
    void close() {
        root().detachAppender(logged);
        ingress.close();
    }

    @Test
    void a_hundred_thousand_malformed_requests_do_no_harm() throws IOException {
        var requests = new MalformedRequests(Long.getLong("seed", 20261121));
        send(requests, WARM_UP);
        long before = usedAfterCollection();
        send(requests, COUNT - WARM_UP);
        long growth = usedAfterCollection() - before;

        assertThat(answers.keySet()).as("answers %s", answers).allMatch(status -> status < 500);
        assertThat(answers).as("most are answered, not just cut off").containsKeys(400, 403, 404, 405, 415);
        assertThat(publisher.events()).isEmpty();
        assertThat(logged.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
        assertThat(growth).isLessThan(MOST_GROWTH);
        assertThat(ingress.get("/callback?id=1&code=x").status()).isEqualTo(200);
    }

    private void send(MalformedRequests requests, int count) throws IOException {
        var http = new RawHttp(ingress.port());
        for (int i = 0; i < count; i++) {
            if (!answered(http, requests.next())) {
                http.close();
                http = new RawHttp(ingress.port());
            }
        }
        http.close();
    }

    /// Whether the connection can be used again.
    private boolean answered(RawHttp http, String request) {
        try {
            http.send(request);
            if (isIncomplete(request)) {
                http.finishSending();
            }
            var answer = http.answer();
            if (answer == null) {
                return false;
            }
            answers.merge(answer.status(), 1, Integer::sum);
            return answer.status() != 413
                    && isWellFramed(request)
                    && !"close".equals(answer.headers().get("connection"));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isIncomplete(String request) {
        int body = request.indexOf("\r\n\r\n") + 4;
        return body < 4
                || request.contains("chunked")
                || (request.contains("Content-Length: ") && request.length() - body < announced(request));
    }

    /// Whether both sides agree on where the request ends.
    private static boolean isWellFramed(String request) {
        return (request.startsWith("GET /") || request.startsWith("POST /"))
                && request.contains(" HTTP/1.1\r\nHost:")
                && !request.contains("chunked")
                && !isIncomplete(request);
    }

    private static int announced(String request) {
        var length = request.replaceFirst("(?s).*?Content-Length: ", "").replaceFirst("(?s)\r\n.*", "");
        return length.matches("[0-9]{1,9}") ? Integer.parseInt(length) : Integer.MAX_VALUE;
    }

    private static long usedAfterCollection() {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            used = Math.min(
                    used,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return used;
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
