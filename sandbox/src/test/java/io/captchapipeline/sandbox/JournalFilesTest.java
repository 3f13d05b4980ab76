package io.captchapipeline.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalFilesTest {
    private static final Entry ONE = new Entry.Turned("r-1");
    private static final Entry TWO = new Entry.Called(7, true, false);
    private static final Entry THREE = new Entry.Accepted(Task.accepted(
            7, new Submission.Sound(Kind.BLS, new Caller("r-ü", 2), "http://h/ü\n"), 1, 2, "ERROR_X", "001"));

    @TempDir
    Path dir;

    private JournalFiles files;

    @BeforeEach
    void open() {
        files = new JournalFiles(dir);
    }

    @Test
    void what_was_written_is_read() throws IOException {
        write(1, ONE, TWO);
        write(2, THREE);

        assertThat(files.newest()).isEqualTo(2);
        assertThat(read()).containsExactly(ONE, TWO, THREE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 9, 20})
    void a_torn_end_is_cut_off(int bytes) throws IOException {
        write(1, ONE, TWO);
        long whole = Files.size(files.journal(1));
        append(1, line(THREE).substring(0, bytes));

        assertThat(read()).containsExactly(ONE, TWO);
        assertThat(files.journal(1)).hasSize(whole);
    }

    @Test
    void a_last_line_that_is_not_as_it_was_written_is_cut_off() throws IOException {
        write(1, ONE);
        append(1, line(TWO).replace("true", "frue"));

        assertThat(read()).containsExactly(ONE);
    }

    @Test
    void damage_before_the_end_is_not_passed_over() throws IOException {
        write(1, ONE);
        append(1, line(TWO).replace("true", "frue"));
        append(1, line(THREE));

        assertThatThrownBy(this::read).isInstanceOf(IOException.class).hasMessageContaining("damaged at byte");
    }

    @Test
    void only_the_last_journal_may_be_torn() throws IOException {
        write(1, ONE);
        append(1, "torn");
        write(2, TWO);

        assertThatThrownBy(this::read).isInstanceOf(IOException.class).hasMessageContaining("damaged at byte");
    }

    @Test
    void a_snapshot_stands_for_the_journals_before_it() throws IOException {
        write(1, ONE);
        write(2, TWO);
        write(3, THREE);
        files.replace(2, List.of(TWO, TWO).iterator());

        assertThat(read()).containsExactly(TWO, TWO, THREE);
        assertThat(files.journal(1)).doesNotExist();
        assertThat(files.journal(2)).doesNotExist();
    }

    @Test
    void a_crash_before_the_old_files_are_deleted_changes_nothing() throws IOException {
        write(1, ONE);
        files.replace(1, List.of(TWO).iterator());
        write(1, ONE);
        write(2, THREE);
        Files.writeString(dir.resolve("snapshot.unfinished"), "half of a snap");

        assertThat(read()).containsExactly(TWO, THREE);
    }

    @Test
    void an_empty_directory_has_no_entries() throws IOException {
        assertThat(files.newest()).isZero();
        assertThat(read()).isEmpty();
    }

    private List<Entry> read() throws IOException {
        var entries = new ArrayList<Entry>();
        files.read(files.newest(), entries::add);
        return entries;
    }

    private void write(long journal, Entry... entries) throws IOException {
        for (var entry : entries) {
            append(journal, line(entry));
        }
    }

    private void append(long journal, String text) throws IOException {
        Files.writeString(
                files.journal(journal), text, ISO_8859_1, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /// Characters are bytes.
    private static String line(Entry entry) throws IOException {
        var bytes = new ByteArrayOutputStream();
        JournalLine.write(entry, bytes);
        return bytes.toString(ISO_8859_1);
    }
}
