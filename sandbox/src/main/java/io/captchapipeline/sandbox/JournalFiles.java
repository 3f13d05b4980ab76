package io.captchapipeline.sandbox;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of a journal: numbered journals, and snapshots that stand for all journals up to their number.
///
/// What a killed process was writing may be torn: the last line of the last journal is then cut off. Any other line
/// that is not as it was written stops the reading, since nobody knows what is missing.
final class JournalFiles {
    private static final Logger LOG = LoggerFactory.getLogger(JournalFiles.class);
    private static final String JOURNAL = ".journal";
    private static final String SNAPSHOT = ".snapshot";
    private static final Pattern NAME = Pattern.compile("([0-9]{10})(\\.journal|\\.snapshot)");

    private final Path dir;

    JournalFiles(Path dir) {
        this.dir = dir;
    }

    Path journal(long number) {
        return dir.resolve("%010d".formatted(number) + JOURNAL);
    }

    private Path snapshot(long number) {
        return dir.resolve("%010d".formatted(number) + SNAPSHOT);
    }

    /// The number of the newest file, 0 without any.
    long newest() throws IOException {
        return Math.max(
                numbers(SNAPSHOT).stream().mapToLong(n -> n).max().orElse(0),
                numbers(JOURNAL).stream().mapToLong(n -> n).max().orElse(0));
    }

    /// All entries up to the end of the journal with this number.
    void read(long upTo, Consumer<Entry> entries) throws IOException {
        long snapshot = numbers(SNAPSHOT).stream()
                .filter(n -> n <= upTo)
                .mapToLong(n -> n)
                .max()
                .orElse(0);
        if (snapshot > 0) {
            read(snapshot(snapshot), false, entries);
        }
        var journals = numbers(JOURNAL).stream()
                .filter(n -> n > snapshot && n <= upTo)
                .sorted()
                .toList();
        for (long journal : journals) {
            read(journal(journal), journal == journals.getLast(), entries);
        }
    }

    /// Replaces all journals up to this number by these entries. A crash at any point leaves files that lead to the
    /// same state.
    void replace(long upTo, Iterator<Entry> entries) throws IOException {
        var unfinished = dir.resolve("snapshot.unfinished");
        try (var channel = FileChannel.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
            while (entries.hasNext()) {
                JournalLine.write(entries.next(), out);
            }
            out.flush();
            channel.force(true);
        }
        Files.move(unfinished, snapshot(upTo), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        for (long number : numbers(JOURNAL)) {
            if (number <= upTo) {
                Files.delete(journal(number));
            }
        }
        for (long number : numbers(SNAPSHOT)) {
            if (number < upTo) {
                Files.delete(snapshot(number));
            }
        }
    }

    private List<Long> numbers(String suffix) throws IOException {
        try (var files = Files.list(dir)) {
            return files.map(file -> NAME.matcher(file.getFileName().toString()))
                    .filter(name -> name.matches() && name.group(2).equals(suffix))
                    .map(name -> Long.parseLong(name.group(1)))
                    .toList();
        }
    }

    private static void read(Path file, boolean mayBeTorn, Consumer<Entry> entries) throws IOException {
        long good = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            var line = new ByteArrayOutputStream(512);
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c != '\n') {
                    line.write(c);
                    continue;
                }
                var entry = JournalLine.read(line.toByteArray());
                if (entry == null) {
                    break;
                }
                entries.accept(entry);
                good += line.size() + 1;
                line.reset();
            }
            if (in.read() >= 0 || (!mayBeTorn && good < Files.size(file))) {
                throw new IOException("%s is damaged at byte %d: restore it, or begin anew without its directory"
                        .formatted(file, good));
            }
        }
        cutOff(file, good);
    }

    private static void cutOff(Path file, long good) throws IOException {
        if (good < Files.size(file)) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("bytes", Files.size(file) - good)
                    .log("The end of the journal was torn and is cut off");
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(good);
            }
        }
    }
}
