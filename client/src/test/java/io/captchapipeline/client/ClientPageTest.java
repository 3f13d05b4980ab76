package io.captchapipeline.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every example of docs/client.md is compiled: it stands in `ClientExamples`, between markers of its name.
/// `-Dupdate.docs=true` writes them anew.
class ClientPageTest {
    private static final Path PAGE = Path.of("../docs/client.md");
    private static final Path SOURCE = Path.of("src/test/java/io/captchapipeline/client/ClientExamples.java");
    private static final Pattern IN_SOURCE = Pattern.compile("(?s) *// snippet: ([a-z-]+)\n(.*?)\n *// end\n");
    private static final Pattern ON_PAGE = Pattern.compile("(?s)<!-- snippet: ([a-z-]+) -->\n```java\n(.*?)\n?```\n");

    @Test
    void every_example_is_what_was_compiled() throws IOException {
        var compiled = find(IN_SOURCE, Files.readString(SOURCE));
        if (Boolean.getBoolean("update.docs")) {
            update(compiled);
        }

        assertThat(find(ON_PAGE, Files.readString(PAGE)))
                .as("run: mvn test -pl client -am -Dtest=ClientPageTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dupdate.docs=true")
                .isEqualTo(compiled);
    }

    @Test
    void no_example_on_the_page_is_without_a_name() throws IOException {
        var page = Files.readString(PAGE);

        assertThat(page.split("```java", -1)).hasSize(find(ON_PAGE, page).size() + 1);
    }

    private static void update(Map<String, String> compiled) throws IOException {
        var page = ON_PAGE.matcher(Files.readString(PAGE)).replaceAll(found -> {
            var code = compiled.getOrDefault(found.group(1), "");
            return Matcher.quoteReplacement("<!-- snippet: " + found.group(1) + " -->\n```java\n" + code + "\n```\n");
        });
        Files.writeString(PAGE, page);
    }

    private static Map<String, String> find(Pattern pattern, String text) {
        var found = new LinkedHashMap<String, String>();
        pattern.matcher(text)
                .results()
                .forEach(each -> found.put(each.group(1), each.group(2).stripIndent()));
        return found;
    }
}
