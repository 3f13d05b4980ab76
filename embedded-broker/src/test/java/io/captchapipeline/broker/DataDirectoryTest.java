package io.captchapipeline.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path temp;

    @Test
    void a_directory_that_is_not_there_is_made() {
        var path = temp.resolve("a/b");

        try (var directory = DataDirectory.take(path, 0)) {
            assertThat(directory.path()).isEqualTo(path.toString());
            assertThat(path).isDirectory();
        }
    }

    @Test
    void a_directory_that_cannot_be_written_is_named() throws IOException {
        var file = Files.createFile(temp.resolve("file"));
        var below = file.resolve("kafka");

        assertThatThrownBy(() -> DataDirectory.take(below, 0))
                .isInstanceOf(BrokerStartFailed.class)
                .hasMessageContaining(below.toString())
                .hasMessageContaining("cannot be written");
    }

    @Test
    void a_full_disk_is_named_and_the_directory_left_free() {
        assertThatThrownBy(() -> DataDirectory.take(temp, Long.MAX_VALUE))
                .isInstanceOf(BrokerStartFailed.class)
                .hasMessageContaining(temp.toString())
                .hasMessageContaining("is full");
        DataDirectory.take(temp, 0).close();
    }

    @Test
    void a_directory_is_held_by_one_at_a_time() {
        try (var _ = DataDirectory.take(temp, 0)) {
            assertThatThrownBy(() -> DataDirectory.take(temp, 0))
                    .isInstanceOf(BrokerStartFailed.class)
                    .hasMessageContaining("in use by another running broker");
        }
    }
}
