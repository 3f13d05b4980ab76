package io.captchapipeline.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.wire.Wire;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Compatibility, as a test: what was ever written stays readable, and what is written changes only knowingly.
/// Whoever changes an event adds its next version here and touches no older one.
class GoldenFilesTest {
    static List<GoldenFile> every_file() {
        return GoldenFile.all();
    }

    static List<GoldenFile> current_files() {
        return GoldenFile.current();
    }

    static List<Class<? extends Event>> every_event() {
        return EventTypes.all();
    }

    @ParameterizedTest
    @MethodSource("every_event")
    void an_event_has_a_golden_file(Class<? extends Event> event) {
        assertThat(GoldenFile.current())
                .anyMatch(file -> event.isAssignableFrom(file.decode().getClass())
                        && file.event().equals(EventTypes.nameOf(event)));
    }

    @ParameterizedTest
    @MethodSource("every_file")
    void what_was_once_written_is_readable(GoldenFile file) {
        assertThatCode(file::decode).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("current_files")
    void what_is_read_is_written_the_same(GoldenFile file) {
        assertThat(Wire.encode(file.decode())).asString().isEqualTo(file.json().toString());
    }

    @ParameterizedTest
    @MethodSource("current_files")
    void a_golden_file_has_every_field(GoldenFile file) throws ReflectiveOperationException {
        var event = file.decode();
        for (var component : Objects.requireNonNull(event.getClass().getRecordComponents())) {
            assertThat(component.getAccessor().invoke(event))
                    .as(component.getName())
                    .isNotNull();
        }
    }

    @Test
    void every_topic_of_events_has_a_golden_file() {
        assertThat(GoldenFile.all()).extracting(GoldenFile::topic).containsAll(EventTypes.topics());
    }
}
