package io.captchapipeline.sandbox;

import static io.captchapipeline.sandbox.TestSandbox.AT_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a sandbox knows of the one before it.
class RestartTest {
    private static final Behaviour SLOW = Behaviour.DEFAULT.with("solve_ms", new int[] {600_000, 600_000});

    @TempDir
    Path dir;

    @Test
    void tasks_counts_behaviour_and_registrations_are_still_there() throws Exception {
        String id;
        Behaviour behaviour;
        TaskReport report;
        try (var solver = new TestSandbox(dir, AT_ONCE.with("balance", 5))) {
            id = solver.task();
            await().until(() -> solver.sandbox.tasks().solved() == 1);
            solver.res("action", "reportbad", "id", id);
            solver.res("action", "add_pingback", "addr", "a.com");
            behaviour = solver.sandbox.behaviour();
            report = solver.sandbox.tasks();
        }
        try (var solver = again()) {
            assertThat(solver.sandbox.behaviour()).isEqualTo(behaviour);
            assertThat(solver.sandbox.tasks()).isEqualTo(report);
            assertThat(solver.res("action", "get", "id", id)).startsWith("OK|03A");
            assertThat(solver.res("action", "reportbad", "id", id)).isEqualTo("ERROR_DUPLICATE_REPORT");
            assertThat(solver.res("action", "get_pingback")).isEqualTo("OK|a.com");
            assertThat(Long.parseLong(solver.task())).isGreaterThan(Long.parseLong(id));
        }
    }

    @Test
    void callbacks_that_were_owed_are_made() throws Exception {
        try (var receiver = new Receiver()) {
            var late = new AtomicLong();
            InstantSource clock = () -> Instant.now().plusMillis(late.get());
            try (var solver = new TestSandbox(dir, SLOW, at(clock))) {
                solver.task("pingback", receiver.url("/c"));
            }
            late.set(600_000);
            try (var solver = new TestSandbox(Sandbox.start(config(), at(clock)))) {
                await().until(() -> solver.sandbox.tasks().callbacksAcknowledged() == 1);
                assertThat(receiver.codes()).hasSize(1).allMatch(code -> code.startsWith("03A"));
            }
        }
    }

    @Test
    void callbacks_that_were_answered_are_not_made_again() throws Exception {
        try (var receiver = new Receiver()) {
            try (var solver = new TestSandbox(dir, AT_ONCE)) {
                solver.task("pingback", receiver.url("/first"));
                await().until(() -> solver.sandbox.tasks().callbacksAcknowledged() == 1);
            }
            try (var solver = again()) {
                solver.task("pingback", receiver.url("/second"));
                await().until(() -> solver.sandbox.tasks().callbacksAcknowledged() == 2);
            }
            assertThat(receiver.callbacks).extracting(Receiver.Callback::path).containsExactly("/first", "/second");
        }
    }

    @Test
    void the_dice_go_on_where_they_were() throws Exception {
        var rough = AT_ONCE.with("no_slot_rate", 0.5).with("seed", 5);
        var expected = IntStream.range(0, 20)
                .mapToObj(nth -> Fate.of(rough, "/c", nth).noSlot())
                .toList();
        var met = new ArrayList<Boolean>();
        try (var solver = new TestSandbox(dir, rough)) {
            ask(solver, 10, met);
        }
        try (var solver = again()) {
            ask(solver, 10, met);
        }

        assertThat(met).isEqualTo(expected).contains(true, false);
    }

    @Test
    void a_torn_journal_loses_its_torn_end_only() throws Exception {
        try (var solver = new TestSandbox(dir, SLOW)) {
            solver.task();
        }
        Files.writeString(new JournalFiles(dir).journal(1), "1234abcd {\"is\":\"acc", StandardOpenOption.APPEND);

        try (var solver = again()) {
            assertThat(solver.sandbox.tasks().accepted()).isEqualTo(1);
            solver.task();
        }
        try (var solver = again()) {
            assertThat(solver.sandbox.tasks().accepted()).isEqualTo(2);
        }
    }

    @Test
    void a_long_journal_is_replaced_while_it_runs() throws Exception {
        var tuning =
                new Tuning(InstantSource.system(), Bounds.DEFAULT, 4_000, Duration.ofMillis(20), Duration.ofSeconds(5));
        TaskReport report;
        try (var solver = new TestSandbox(dir, AT_ONCE, tuning)) {
            for (int i = 0; i < 100; i++) {
                solver.task();
            }
            await().until(() -> solver.sandbox.tasks().solved() == 100);
            report = solver.sandbox.tasks();
        }
        assertThat(new JournalFiles(dir).journal(1)).doesNotExist();
        assertThat(new JournalFiles(dir).newest()).isGreaterThan(2);
        try (var solver = again()) {
            assertThat(solver.sandbox.tasks()).isEqualTo(report);
        }
    }

    @Test
    void an_answer_is_kept_for_15_minutes() throws Exception {
        var late = new AtomicLong();
        InstantSource clock = () -> Instant.ofEpochMilli(1_800_000_000_000L + late.get());
        try (var solver = new TestSandbox(dir, AT_ONCE, at(clock))) {
            var id = solver.task();
            late.set(15 * 60 * 1000);
            assertThat(solver.res("action", "get", "id", id)).startsWith("OK|");

            late.incrementAndGet();
            assertThat(solver.res("action", "get", "id", id)).isEqualTo("ERROR_WRONG_CAPTCHA_ID");
            assertThat(solver.res("action", "reportbad", "id", id)).isEqualTo("ERROR_REPORT_NOT_RECORDED");
        }
    }

    @Test
    void two_sandboxes_do_not_share_a_directory() {
        try (var _ = new TestSandbox(dir, AT_ONCE)) {
            assertThatThrownBy(this::again)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("another sandbox uses the directory " + dir);
        }
    }

    @Test
    void a_taken_port_is_named_and_the_directory_let_go() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Sandbox.start(new SandboxConfig(dir, "127.0.0.1", taken.getLocalPort())))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
        again().close();
    }

    @Test
    void the_event_loops_can_be_somebody_elses() throws Exception {
        var vertx = Vertx.vertx();
        try {
            try (var solver = new TestSandbox(Sandbox.start(config(), vertx))) {
                assertThat(solver.recaptcha().body()).startsWith("OK|");
            }
            vertx.timer(1).toCompletionStage().toCompletableFuture().join();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private TestSandbox again() {
        return new TestSandbox(Sandbox.start(config(), TestSandbox.IMPATIENT));
    }

    private SandboxConfig config() {
        return new SandboxConfig(dir, "127.0.0.1", 0);
    }

    private static Tuning at(InstantSource clock) {
        return new Tuning(clock, Bounds.DEFAULT, 1_000_000, Duration.ofMillis(20), Duration.ofSeconds(5));
    }

    private static void ask(TestSandbox solver, int times, List<Boolean> met) throws Exception {
        for (int i = 0; i < times; i++) {
            met.add(solver.recaptcha("pingback", "http://127.0.0.1:1/c").body().equals("ERROR_NO_SLOT_AVAILABLE"));
        }
    }
}
