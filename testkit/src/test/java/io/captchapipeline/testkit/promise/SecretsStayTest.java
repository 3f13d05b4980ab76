package io.captchapipeline.testkit.promise;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecretsStayTest {
    private static final String KEY = "s3cr3t/+\"kéy of ours";

    private final SecretsStay promise = new SecretsStay();

    @BeforeEach
    void one_secret() {
        promise.secret("API key", KEY);
    }

    @Test
    void kept_where_no_secret_is() {
        promise.search("log", "asked the solver with key ***");

        promise.verify();
    }

    static Stream<String> shapes() {
        var bytes = KEY.getBytes(UTF_8);
        var url = URLEncoder.encode(KEY, UTF_8);
        return Stream.of(
                KEY,
                url,
                url.replace("+", "%20"),
                url.replaceAll("%C3%A9", "%c3%a9").replaceAll("%2F%2B", "%2f%2b"),
                KEY.replace("\"", "\\\""),
                KEY.replace("/", "\\/"),
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().encodeToString(("k" + KEY + "!").getBytes(UTF_8)),
                Base64.getEncoder().encodeToString(("u:" + KEY + "!!").getBytes(UTF_8)),
                HexFormat.of().formatHex(bytes),
                HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void broken_by_a_secret_in_any_shape_without_showing_it(String shape) {
        promise.search("log", "before " + shape + " after");

        assertThat(promise.broken()).singleElement().asString().startsWith("API key: in log, ");
        assertThat(promise.broken().getFirst()).doesNotContain(shape, KEY);
    }

    @Test
    void broken_by_a_file_below_a_directory(@TempDir Path directory) throws IOException {
        var file = Files.createDirectories(directory.resolve("a/b")).resolve("log");
        Files.writeString(file, KEY);

        promise.searchFiles(directory);

        assertThat(promise.broken()).containsExactly("API key: in " + file + ", as it is");
    }

    @Test
    void broken_by_a_header_while_the_value_may_have_it() {
        var record = Records.record("captcha-dead-letters", 5, "key", KEY);
        record.headers().add("dlq.at", "now".getBytes(UTF_8));
        promise.searchHeaders(record);
        promise.verify();

        record.headers().add("dlq.reason", KEY.getBytes(UTF_8));
        promise.searchHeaders(record);

        assertThat(promise.broken())
                .containsExactly("API key: in header dlq.reason of captcha-dead-letters-0@5, as it is");
    }

    @Test
    void broken_by_a_value_of_a_record_that_may_have_none() {
        promise.searchRecord(Records.record("captcha-alerts", 5, "key", KEY));

        assertThat(promise.broken()).containsExactly("API key: in value of captcha-alerts-0@5, as it is");
    }

    @Test
    void broken_when_nothing_was_searched() {
        assertThat(promise.broken()).containsExactly("no secret was searched for in anything");
    }

    @Test
    void broken_by_either_of_two_that_are_called_the_same() {
        promise.secret("a solution", "first-solution");
        promise.secret("a solution", "other-solution");

        promise.search("log", "took first-solution");

        assertThat(promise.broken()).containsExactly("a solution: in log, as it is");
    }

    @Test
    void a_secret_too_short_to_search_for_is_refused() {
        assertThatThrownBy(() -> promise.secret("PIN", "1234")).isInstanceOf(IllegalArgumentException.class);
    }
}
