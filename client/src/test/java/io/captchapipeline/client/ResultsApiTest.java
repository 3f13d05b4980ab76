package io.captchapipeline.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.captchapipeline.client.CaptchaException.Reason;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResultsApiTest {
    private static final RequestId ID = new RequestId("r-1");
    private static final String OUTCOME = new String(Wire.encode(Outcomes.solved("r-1", "03AGdBq2")), UTF_8);

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Said> says = new ArrayDeque<>();
    private HttpServer server;
    private ResultsApi api;

    private record Said(int status, String text) {
        byte[] body() {
            return text.getBytes(UTF_8);
        }
    }

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            var said = says.size() > 1 ? says.removeFirst() : says.getFirst();
            exchange.getResponseHeaders().add("Retry-After", "0");
            exchange.sendResponseHeaders(said.status(), said.body().length == 0 ? -1 : said.body().length);
            exchange.getResponseBody().write(said.body());
            exchange.close();
        });
        server.start();
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        api = new ResultsApi(url, Optional.of("a token"), Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void an_outcome_is_an_answer() {
        says.add(new Said(200, OUTCOME));

        var found = api.get(ID, Duration.ZERO);

        assertThat(found.found().orElseThrow().orThrow().token()).isEqualTo("03AGdBq2");
        assertThat(asked).containsExactly("/results/r-1 Bearer a token");
    }

    @Test
    void a_solution_that_is_forgotten_is_no_answer() {
        says.add(new Said(200, "{\"request_id\":\"r-1\",\"status\":\"solved\",\"expired\":true}"));

        assertThat(api.get(ID, Duration.ZERO)).isEqualTo(new Lookup.Expired(ID));
    }

    @Test
    void without_waiting_it_is_said_at_once_what_is_not_there() {
        says.add(new Said(202, "{\"status\":\"pending\"}"));
        assertThat(api.get(ID, Duration.ZERO)).isEqualTo(new Lookup.Pending(ID));

        says.removeFirst();
        says.add(new Said(404, ""));
        assertThat(api.get(ID, Duration.ZERO)).isEqualTo(new Lookup.Unknown(ID));
        assertThat(asked).hasSize(2).allMatch(each -> each.startsWith("/results/r-1 "));
    }

    @Test
    void it_is_waited_for_through_unknown_pending_and_a_moving_partition() {
        says.add(new Said(404, ""));
        says.add(new Said(503, ""));
        says.add(new Said(202, ""));
        says.add(new Said(200, OUTCOME));

        var found = api.get(ID, Duration.ofSeconds(30));

        assertThat(found).isInstanceOf(Lookup.Answered.class);
        assertThat(asked).hasSize(4).allMatch(each -> each.startsWith("/results/r-1?wait="));
    }

    @Test
    void a_service_that_cannot_tell_is_a_problem_when_the_wait_is_over() {
        says.add(new Said(503, ""));

        assertProblem(Reason.UNAVAILABLE, "cannot tell now");
    }

    @Test
    void a_wrong_token_is_named_and_not_shown() {
        says.add(new Said(401, ""));

        assertProblem(Reason.REFUSED, "ClientConfig.apiToken");
    }

    @Test
    void another_service_at_this_address_is_found_out() {
        says.add(new Said(200, "<html>hello</html>"));

        assertProblem(Reason.REFUSED, "is it another service?");
    }

    @Test
    void nobody_there_is_a_problem_that_says_where() {
        server.stop(0);

        assertProblem(Reason.UNAVAILABLE, "The results API at http://127.0.0.1:");
    }

    private void assertProblem(Reason reason, String message) {
        assertThatThrownBy(() -> api.get(ID, Duration.ZERO))
                .isInstanceOfSatisfying(
                        CaptchaException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(message)
                .hasMessageNotContaining("a token");
    }
}
