package io.captchapipeline.sandbox;

import static io.captchapipeline.sandbox.TestSandbox.AT_ONCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the sandbox has beside the solver's protocol.
class ControlsTest {
    private static final String JSON = "application/json";

    @TempDir
    Path dir;

    private TestSandbox solver;

    @BeforeEach
    void start() {
        solver = new TestSandbox(dir, AT_ONCE);
    }

    @AfterEach
    void stop() {
        solver.close();
    }

    @Test
    void a_change_of_behaviour_leaves_the_rest_as_it_was() throws Exception {
        var reply = solver.send("PUT", "/sandbox/behaviour", JSON, "{\"fail_rate\":0.5,\"callback_method\":\"POST\"}");

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("content-type")).contains(JSON);
        assertThat(solver.sandbox.behaviour())
                .isEqualTo(AT_ONCE.with("fail_rate", 0.5).with("callback_method", "POST"));
        assertThat(solver.get("/sandbox/behaviour").body()).isEqualTo(reply.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"fail_rat\":0.5}", "{\"fail_rate\":2}", "{", "[]", "", "{\"seed\":1,\"seed\":2}", "{} {}"})
    void a_bad_change_is_a_problem_and_changes_nothing(String body) throws Exception {
        var reply = solver.send("PUT", "/sandbox/behaviour", JSON, body);

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(solver.sandbox.behaviour()).isEqualTo(AT_ONCE);
    }

    @Test
    void a_problem_names_the_field() throws Exception {
        assertThat(solver.send("PUT", "/sandbox/behaviour", JSON, "{\"seed\":4,\"fail_rat\":0.5}")
                        .body())
                .contains("\"status\":400", "fail_rat is not a field");
    }

    @Test
    void other_methods_are_refused() throws Exception {
        var reply = solver.send("DELETE", "/sandbox/behaviour", JSON, "");

        assertThat(reply.statusCode()).isEqualTo(405);
        assertThat(reply.headers().firstValue("Allow")).contains("GET, PUT");
        assertThat(solver.send("POST", "/sandbox/tasks", JSON, "").statusCode()).isEqualTo(405);
    }

    @Test
    void what_is_left_on_the_account_is_its_balance() throws Exception {
        solver.task();

        assertThat(solver.sandbox.behaviour().balance()).isEqualByComparingTo("9.99701");
        solver.send("PUT", "/sandbox/behaviour", JSON, "{\"balance\":3}");
        assertThat(solver.res("action", "getbalance")).isEqualTo("3");
    }

    @Test
    void the_report_says_what_a_user_paid_for() throws Exception {
        try (var receiver = new Receiver()) {
            solver.task("pingback", receiver.url("/callback/" + TestSandbox.ticket("r-1", 1)));
            solver.task("pingback", receiver.url("/callback/" + TestSandbox.ticket("r-1", 2)));
            solver.task("pingback", receiver.url("/callback/" + TestSandbox.ticket("r-1", 2)));
            solver.task("pingback", receiver.url("/callback?x=y"));
            solver.task();
            solver.res("action", "get", "id", 1);
            await().until(() -> solver.sandbox.tasks().callbacksAcknowledged() == 4);

            assertThat(report().toString())
                    .isEqualTo("{\"accepted\":5,\"solved\":5,\"failed\":0,\"callbacks_sent\":4,"
                            + "\"callbacks_acknowledged\":4,\"polls\":1,\"by_request\":{"
                            + "\"r-1\":{\"accepted\":3,\"attempts\":{\"1\":1,\"2\":2}},"
                            + "\"/callback\":{\"accepted\":1,\"attempts\":{}},"
                            + "\"\":{\"accepted\":1,\"attempts\":{}}}}");
        }
    }

    private JsonNode report() throws IOException, InterruptedException {
        return Json.parse(solver.get("/sandbox/tasks").body().getBytes(UTF_8));
    }
}
