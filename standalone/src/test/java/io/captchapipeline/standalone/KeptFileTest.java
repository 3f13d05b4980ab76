package io.captchapipeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptFileTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {"a\\b", "a\\", "\\u0041", "a=b", "a: b#!c", " blank", "\ttab", "two\nlines\r", "", "schlüssel"})
    void what_was_written_is_what_is_read(String value) throws IOException {
        var file = new KeptFile(directory.resolve("kept"), "for a test");

        file.write(Map.of("NAME", value, "OTHER", "o"));

        assertThat(file.read()).isEqualTo(Map.of("NAME", value, "OTHER", "o"));
    }
}
