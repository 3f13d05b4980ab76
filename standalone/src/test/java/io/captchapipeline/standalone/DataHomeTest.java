package io.captchapipeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataHomeTest {

    @TempDir
    private Path directory;

    @Test
    void secrets_are_made_up_once() {
        var first = secrets(false);

        assertThat(first).containsOnlyKeys("CALLBACK_SECRET", "AUDIT_KEY");
        assertThat(first.values()).doesNotHaveDuplicates().allMatch(secret -> secret.length() >= 43);
        assertThat(secrets(false)).isEqualTo(first);
    }

    @Test
    void a_secret_that_is_new_to_an_old_directory_leaves_the_others_alone() throws IOException {
        Files.createDirectories(data());
        Files.writeString(data().resolve("secrets.properties"), "CALLBACK_SECRET=old\n");

        assertThat(secrets(false)).containsEntry("CALLBACK_SECRET", "old").containsKey("AUDIT_KEY");
    }

    @Test
    void fresh_forgets_what_was_made_and_keeps_what_others_put_there() throws IOException {
        var first = secrets(false);
        var broker = Files.createDirectories(data().resolve("kafka/topic-0"));
        Files.writeString(broker.resolve("log"), "record");
        var note = Files.writeString(data().resolve("note"), "mine");

        assertThat(secrets(true)).doesNotContainEntry("AUDIT_KEY", first.get("AUDIT_KEY"));
        assertThat(data().resolve("kafka")).doesNotExist();
        assertThat(note).exists();
    }

    @Test
    void fresh_refuses_a_directory_of_somebody_else() throws IOException {
        var kafka = Files.createDirectories(data().resolve("kafka"));

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> DataHome.take(data(), true))
                .withMessageContaining("--fresh deletes nothing");
        assertThat(kafka).exists();
    }

    @Test
    void an_empty_directory_is_as_good_as_none() throws IOException {
        Files.createDirectories(data());

        assertThat(secrets(true)).isNotEmpty();
    }

    @Test
    void a_file_is_no_directory() throws IOException {
        Files.createFile(data());

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> DataHome.take(data(), false))
                .withMessageContaining("is not a directory")
                .withMessageContaining("--data or DATA_DIR");
    }

    @Test
    void commands_find_what_runs_there_and_nothing_after_its_end() {
        try (var home = DataHome.take(data(), false)) {
            home.tell(Map.of("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1234", "TOPIC_PARTITIONS", "3"));

            var found = found(Map.of());
            assertThat(found.get(Catalogue.KAFKA_BOOTSTRAP_SERVERS)).containsExactly("127.0.0.1:1234");
            assertThat(found.get(Catalogue.TOPIC_PARTITIONS)).isEqualTo(3);
            assertThat(found.get(Catalogue.TOPIC_REPLICATION)).isEqualTo(1);
        }

        assertThat(found(Map.of()).get(Catalogue.KAFKA_BOOTSTRAP_SERVERS)).containsExactly("localhost:9092");
    }

    @Test
    void a_broker_that_the_user_names_comes_before_the_one_that_runs_there() {
        try (var home = DataHome.take(data(), false)) {
            home.tell(Map.of("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1234", "TOPIC_PARTITIONS", "3"));

            var found = found(Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"));
            assertThat(found.get(Catalogue.KAFKA_BOOTSTRAP_SERVERS)).containsExactly("kafka:9092");
            assertThat(found.get(Catalogue.TOPIC_PARTITIONS)).isEqualTo(6);
            assertThat(found.get(Catalogue.TOPIC_REPLICATION)).isEqualTo(3);
        }
    }

    private Settings found(Map<String, String> more) {
        var variables = new HashMap<>(more);
        variables.put("DATA_DIR", data().toString());
        return Settings.read(DataHome.found(Environment.of(variables)), List.of("a-command"));
    }

    private Map<String, String> secrets(boolean fresh) {
        try (var home = DataHome.take(data(), fresh)) {
            return home.secrets();
        }
    }

    private Path data() {
        return directory.resolve("data");
    }
}
