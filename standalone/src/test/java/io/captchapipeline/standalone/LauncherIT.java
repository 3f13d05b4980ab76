package io.captchapipeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher in a checkout of its own, with a Maven and a Java that only write down how they were called.
class LauncherIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final List<String> TOOLS = List.of(
            "sh",
            "awk",
            "cat",
            "dirname",
            "find",
            "grep",
            "head",
            "ln",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sleep",
            "tail",
            "tee",
            "touch");
    private static final String JAVA = """
            #!/bin/sh
            echo "java $*"
            """;
    private static final String MAVEN_THAT_BUILDS = """
            #!/bin/sh
            echo "[INFO] Building schemas 0.1.0-SNAPSHOT            [2/6]"
            echo "mvn $* with $JAVA_HOME" >> "$CALLS"
            mkdir -p "$CHECKOUT/standalone/target/lib"
            touch "$CHECKOUT/standalone/target/captcha.jar"
            """;
    private static final String MAVEN_THAT_FAILS = """
            #!/bin/sh
            echo "[INFO] Building schemas 0.1.0-SNAPSHOT            [2/6]"
            echo "[ERROR] cannot find symbol: class Captcha"
            exit 1
            """;

    @TempDir
    private Path directory;

    private Path checkout;
    private Path bin;
    private Path jdk;

    @BeforeEach
    void check_out() throws IOException {
        checkout = Files.createDirectories(directory.resolve("check out"));
        Files.copy(CaptchaProcess.LAUNCHER, checkout.resolve("captcha"));
        executable(checkout.resolve("captcha"), Files.readString(CaptchaProcess.LAUNCHER));
        source("pom.xml");
        source("schemas/pom.xml");
        source("schemas/src/main/java/Event.java");
        bin = Files.createDirectories(directory.resolve("bin"));
        for (var tool : TOOLS) {
            Files.createSymbolicLink(
                    bin.resolve(tool), Path.of("/usr/bin", tool).toRealPath());
        }
        jdk = Files.createDirectories(directory.resolve("jdks/jdk-25"));
        executable(jdk.resolve("bin/java"), JAVA);
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.3\"\n");
    }

    @Test
    void what_is_missing_is_built_once() throws Exception {
        executable(bin.resolve("mvn"), MAVEN_THAT_BUILDS);

        try (var first = launch("--version")) {
            assertThat(first.endsWithin(SOON)).isZero();
            assertThat(first.err()).contains("Building (not built yet)", "[2/6] schemas");
            assertThat(first.out())
                    .contains("-jar " + checkout.resolve("standalone/target/captcha.jar") + " --version");
        }
        try (var second = launch("--version")) {
            assertThat(second.endsWithin(SOON)).isZero();
            assertThat(second.err()).isEmpty();
        }
        assertThat(calls()).singleElement().asString().contains("-Dquick", "package", "with " + jdk);
    }

    @Test
    void what_is_older_than_a_source_is_built_again() throws Exception {
        executable(bin.resolve("mvn"), MAVEN_THAT_BUILDS);
        try (var first = launch("--version")) {
            assertThat(first.endsWithin(SOON)).isZero();
        }

        touch(
                checkout.resolve("schemas/src/main/java/Event.java"),
                Instant.now().plusSeconds(1));

        try (var second = launch("--version")) {
            assertThat(second.endsWithin(SOON)).isZero();
            assertThat(second.err()).contains("Building (sources changed)");
        }
    }

    @Test
    void a_build_that_fails_shows_why() throws Exception {
        executable(bin.resolve("mvn"), MAVEN_THAT_FAILS);

        try (var failed = launch("up")) {
            assertThat(failed.endsWithin(SOON)).isEqualTo(1);
            assertThat(failed.err()).contains("cannot find symbol: class Captcha", "The build failed", "build.log");
        }
    }

    @Test
    void a_build_that_failed_is_tried_again() throws Exception {
        executable(bin.resolve("mvn"), MAVEN_THAT_FAILS);
        try (var failed = launch("--version")) {
            assertThat(failed.endsWithin(SOON)).isEqualTo(1);
        }
        executable(bin.resolve("mvn"), MAVEN_THAT_BUILDS);

        try (var mended = launch("--version")) {
            assertThat(mended.endsWithin(SOON)).isZero();
        }
    }

    @Test
    void without_maven_it_says_what_to_install() throws Exception {
        try (var refused = launch("up")) {
            assertThat(refused.endsWithin(SOON)).isEqualTo(1);
            assertThat(refused.err()).contains("there is no Maven", "apt install maven");
        }
    }

    @Test
    void without_a_jdk_it_says_what_to_install() throws Exception {
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");

        try (var refused = launch("up")) {
            assertThat(refused.endsWithin(SOON)).isEqualTo(1);
            assertThat(refused.err()).contains("needs a JDK 25 and found none", "apt install openjdk-25-jdk");
        }
    }

    @Test
    void java_home_comes_first_if_it_is_a_25() throws Exception {
        executable(bin.resolve("mvn"), MAVEN_THAT_BUILDS);
        var other = Files.createDirectories(directory.resolve("home"));
        executable(other.resolve("bin/java"), "#!/bin/sh\necho from home\n");
        Files.writeString(other.resolve("release"), "JAVA_VERSION=\"25\"\n");

        try (var found = launch(Map.of("JAVA_HOME", other.toString()), checkout.resolve("captcha"), "--version")) {
            assertThat(found.endsWithin(SOON)).isZero();
            assertThat(found.out()).isEqualTo("from home\n");
        }
    }

    @Test
    void a_java_on_the_path_without_a_release_file_is_asked() throws Exception {
        executable(bin.resolve("mvn"), MAVEN_THAT_BUILDS);
        var real = Files.createDirectories(directory.resolve("somewhere"));
        executable(real.resolve("bin/java"), "#!/bin/sh\necho 'openjdk version \"25.0.1\" 2025-10-21' >&2\n");
        Files.createSymbolicLink(bin.resolve("java"), real.resolve("bin/java"));

        try (var found = launch(Map.of("CAPTCHA_JDK_DIRS", ""), checkout.resolve("captcha"), "--version")) {
            assertThat(found.endsWithin(SOON)).isZero();
        }
    }

    @Test
    void it_runs_through_a_link_from_anywhere() throws Exception {
        executable(bin.resolve("mvn"), MAVEN_THAT_BUILDS);
        var link = Files.createSymbolicLink(bin.resolve("captcha"), Path.of("../check out/captcha"));

        try (var run = launch(Map.of(), link, "--version")) {
            assertThat(run.endsWithin(SOON)).isZero();
            assertThat(run.out()).contains(checkout + "/standalone/target/captcha.jar");
        }
    }

    private CaptchaProcess launch(String... arguments) {
        return launch(Map.of(), checkout.resolve("captcha"), arguments);
    }

    private CaptchaProcess launch(Map<String, String> more, Path launcher, String... arguments) {
        var environment = new HashMap<>(Map.of(
                "PATH", bin.toString(),
                "JAVA_HOME", "",
                "CAPTCHA_JDK_DIRS", directory.resolve("jdks").toString(),
                "CHECKOUT", checkout.toString(),
                "CALLS", directory.resolve("calls").toString()));
        environment.putAll(more);
        return CaptchaProcess.start(launcher, directory, environment, arguments);
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(directory.resolve("calls"));
    }

    private void source(String path) throws IOException {
        var file = checkout.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        touch(file, Instant.now().minusSeconds(60));
    }

    private static void touch(Path file, Instant time) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(time));
    }

    private static void executable(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
