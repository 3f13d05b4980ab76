package io.captchapipeline.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ArchitecturePageTest {
    private static final String REWRITE = "mvn -q test -pl schemas -Dtest=ArchitecturePageTest -Dupdate.docs=true";
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    private final Path root = root();

    @Test
    void the_page_shows_the_pipeline_as_it_is_in_code() throws IOException {
        var page = new ArchitecturePage(root);
        if (Boolean.getBoolean("update.docs")) {
            page.rewrite();
        }

        assertThat(page.asWritten())
                .as("ARCHITECTURE.md is stale; rewrite it with: %s", REWRITE)
                .isEqualTo(page.asItShouldBe());
    }

    @Test
    void every_module_of_the_build_is_on_the_page() throws IOException {
        assertThat(Modules.in(root).undescribed())
                .as("modules without a line; add one to Modules.java, then: %s", REWRITE)
                .isEmpty();
    }

    @Test
    void every_file_that_the_page_points_to_exists() throws IOException {
        var links = LINK.matcher(new ArchitecturePage(root).asWritten())
                .results()
                .map(hit -> hit.group(1))
                .toList();

        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link -> assertThat(root.resolve(link)).exists());
    }

    private static Path root() {
        var directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("ARCHITECTURE.md"))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new IllegalStateException(
                        "no ARCHITECTURE.md above " + Path.of("").toAbsolutePath());
            }
        }
        return directory;
    }
}
