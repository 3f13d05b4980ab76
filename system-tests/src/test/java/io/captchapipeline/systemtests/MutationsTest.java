package io.captchapipeline.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Mutations fit the code as it is, and docs/mutations.md lists them. `system-tests/mutations/run` shows that each
/// turns its test red. Mend the page with `-Dupdate.docs=true`.
class MutationsTest {
    private static final Path PAGE = Mutation.ROOT.resolve("docs/mutations.md");

    @ParameterizedTest
    @MethodSource("io.captchapipeline.systemtests.Mutation#all")
    void a_mutation_still_applies_and_its_test_is_there(Mutation mutation) throws Exception {
        var git = new ProcessBuilder("git", "apply", "--check", mutation.patch().toString())
                .directory(Mutation.ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(git.getInputStream().readAllBytes(), UTF_8);

        assertThat(git.waitFor()).as(said).isZero();
        assertThat(mutation.test()).isNotNull();
    }

    @Test
    void the_page_lists_them_all() throws IOException {
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(PAGE, page());
        }
        assertThat(PAGE).content().isEqualTo(page());
    }

    private static String page() {
        return """
                # Mutations

                A test that cannot fail shows nothing. Each of these changes breaks a promise on purpose; the test beside it turns red.
                `system-tests/mutations/run` does it: in a copy of what is committed, one after the other, and it ends with 1 when one
                of them is not noticed. `system-tests/mutations/run NAME` tries one. Generated from the patches, so edit those.

                | promise | mutation | what it breaks | turns red |
                | --- | --- | --- | --- |
                %s
                """.formatted(Mutation.all().stream()
                .map(mutation -> "| %s | [%s](../system-tests/mutations/%s.patch) | %s | [%s](../%s) |"
                        .formatted(
                                mutation.promise(),
                                mutation.name(),
                                mutation.name(),
                                mutation.breaks(),
                                mutation.red(),
                                mutation.test()))
                .collect(Collectors.joining("\n")));
    }
}
