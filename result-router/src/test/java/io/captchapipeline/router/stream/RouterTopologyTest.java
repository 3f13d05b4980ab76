package io.captchapipeline.router.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The topology is approved in a file: names in it are names of changelogs and tasks of what is deployed.
class RouterTopologyTest {
    private static final Path APPROVED = Path.of("src/test/resources/expected-topology.txt");

    @TempDir
    private Path state;

    @Test
    void the_topology_is_the_one_that_was_approved() throws IOException {
        try (var bench = new Bench(state, 6)) {
            var parts = bench.parts(6);
            var found =
                    "captcha-result-router\n" + parts.ledger(Bench.config()).describe() + "captcha-result-router-view\n"
                            + parts.view(Bench.config()).describe();
            if (Boolean.getBoolean("update.docs")) {
                Files.writeString(APPROVED, found);
            }

            assertThat(found)
                    .as("docs/topology.md says how to change a deployed topology; then run"
                            + " mvn test -pl result-router -am -Dtest=RouterTopologyTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dupdate.docs=true")
                    .isEqualTo(Files.readString(APPROVED));
        }
    }
}
