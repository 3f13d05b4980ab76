package io.captchapipeline.standalone.commands;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.Params;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.SubmitRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/// What somebody who waits is told, and what a script is.
class ProgressTest {

    private static final String SOLVED = """
            {"task_id":"77","request_id":"%s","status":"solved","solution":"03AwcOE","attempts":1,\
            "received_at":"2026-11-21T10:00:00Z","solve_seconds":1.42,"source":"callback"}""";
    private static final String FAILED = """
            {"request_id":"%s","status":"failed","error":"TIMEOUT","error_detail":"too late","attempts":1,\
            "received_at":"2026-11-21T10:00:00Z"}""";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void what_became_of_several_is_the_worst_of_all() throws Exception {
        var progress = progress(false, "a", "b", "c");

        knows(progress, "a", SOLVED);
        assertThat(progress.exitCode()).isEqualTo(4);
        knows(progress, "b", FAILED);
        knows(progress, "c", SOLVED);
        assertThat(progress.exitCode()).isEqualTo(3);

        assertThat(out.toString(UTF_8)).isEqualTo("""
                solved  a  task 77  in 1.4 s
                03AwcOE
                failed  b  TIMEOUT: too late
                solved  c  task 77  in 1.4 s
                03AwcOE
                """);
    }

    @Test
    void a_program_gets_the_event_itself() throws Exception {
        var progress = progress(true, "a");

        knows(progress, "a", SOLVED);

        assertThat(out).hasToString(SOLVED.formatted("a") + "\n");
        assertThat(progress.exitCode()).isZero();
    }

    @Test
    void a_solution_that_is_forgotten_is_no_outcome() throws Exception {
        var progress = progress(false, "a");

        knows(progress, "a", "{\"request_id\":\"%s\",\"status\":\"solved\",\"expired\":true}");

        assertThat(progress.exitCode()).isEqualTo(4);
        assertThat(err).hasToString("a was solved, and its solution has expired: ask under another id\n");
    }

    @Test
    void what_is_waited_for_by_somebody_already_is_not_asked_again() throws Exception {
        var progress = progress(false, "a");

        assertThat(knows(progress, "a", "{\"status\":\"pending\",\"id\":\"%s\"}"))
                .isTrue();
        assertThat(progress.exitCode()).isEqualTo(4);
    }

    @Test
    void on_a_terminal_one_line_is_written_over() {
        var line = new StatusLine(print(err), true);

        line.show("queued", Duration.ofMillis(1500));
        line.show("queued", Duration.ofMillis(2500));
        line.clear();

        assertThat(err).hasToString("\r\u001b[Kqueued, 1 s\r\u001b[Kqueued, 2 s\r\u001b[K");
    }

    @Test
    void in_a_file_there_is_a_line_for_each_change() {
        var line = new StatusLine(print(err), false);

        line.show("queued", Duration.ofMillis(1500));
        line.show("queued", Duration.ofMillis(2500));
        line.show("solving", Duration.ofMillis(3500));
        line.clear();

        assertThat(err.toString(UTF_8).lines()).containsExactly("queued after 1.5 s", "solving after 3.5 s");
    }

    @Test
    void words_have_colours_on_a_terminal_alone() {
        assertThat(Printed.coloured("solved", Ansi.ON)).contains("\u001b[32m").contains("solved");
        assertThat(Printed.coloured("error", Ansi.ON)).contains("\u001b[31m");
        assertThat(Printed.coloured("error", Ansi.OFF)).isEqualTo("error ");
        assertThat(Printed.coloured("whatever", Ansi.ON)).isEqualTo("whatever");
    }

    private static boolean knows(Progress progress, String id, String json) throws JsonProcessingException {
        return progress.knows(
                id, new Api.Answer(200, JsonMapper.builder().build().readTree(json.formatted(id))));
    }

    private Progress progress(boolean json, String... ids) {
        var requests = Stream.of(ids)
                .map(id -> new SubmitRequest(
                        new RequestId(id), new Method("turnstile"), new Params(Map.of()), null, null, null, Map.of()))
                .toList();
        return new Progress(requests, json, new StatusLine(print(err), false), print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, UTF_8);
    }
}
