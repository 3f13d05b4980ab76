package io.captchapipeline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildJvmTest {
    /// Says what it was given, then counts until it is ended.
    static final class Counting {
        private Counting() {}

        static void main(String[] args) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("drained")));
            System.out.println("given " + Arrays.toString(args) + " in " + System.getenv("PLACE"));
            for (int i = 0; ; i++) {
                System.out.println("count " + i);
                Thread.sleep(5);
            }
        }
    }

    static final class Failing {
        private Failing() {}

        static void main(String[] args) {
            Integer.parseInt("no such luck");
        }
    }

    @Test
    void it_has_its_arguments_and_environment() {
        try (var child = ChildJvm.start(Counting.class, Map.of("PLACE", "here"), "a", "b")) {
            assertThat(child.awaitLine(line -> line.startsWith("given"))).isEqualTo("given [a, b] in here");
        }
    }

    @Test
    void killed_it_has_no_last_word() {
        try (var child = ChildJvm.start(Counting.class)) {
            child.awaitLine("count 3"::equals);

            child.kill();

            assertThat(child.isAlive()).isFalse();
            assertThat(child.lines()).contains("count 3").doesNotContain("drained");
        }
    }

    @Test
    void told_to_end_it_has_one() {
        try (var child = ChildJvm.start(Counting.class)) {
            child.awaitLine("count 3"::equals);

            assertThat(child.terminate()).isEqualTo(128 + 15);

            assertThat(child.awaitLine("drained"::equals)).isNotNull();
        }
    }

    @Test
    void suspended_it_stands_still_until_it_is_resumed() throws IOException {
        try (var child = ChildJvm.start(Counting.class)) {
            child.awaitLine("count 3"::equals);

            child.suspend();

            awaitStopped(child);
            child.resume();
            var seen = child.lines().size();
            assertThat(child.awaitLine(line -> line.equals("count " + (seen + 50))))
                    .isNotNull();
        }
    }

    @Test
    void waiting_for_what_it_will_never_say_shows_what_it_said() {
        try (var child = ChildJvm.start(Failing.class)) {
            assertThatThrownBy(() -> child.awaitLine("luck"::equals))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("Failing has ended")
                    .hasMessageContaining("no such luck");
        }
    }

    /// Linux says T of what is stopped, shortly after it was told.
    private static void awaitStopped(ChildJvm child) throws IOException {
        var stat = Path.of("/proc/" + child.pid() + "/stat");
        long deadline = System.nanoTime() + ChildJvm.PATIENCE.toNanos();
        while (!Files.readString(stat).contains(") T ")) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }
}
