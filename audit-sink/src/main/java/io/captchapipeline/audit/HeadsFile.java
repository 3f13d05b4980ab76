package io.captchapipeline.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.consume.Partition;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.InvalidSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Heads of the chains, outside of the database: who cuts off rows there cannot cut them off here. One line a
/// partition, and a line that signs them all. A write replaces the file as a whole.
final class HeadsFile {
    private static final String NAME = "audit-heads";
    private static final String SIGNED = "signed ";
    private static final int FIELDS = 5;

    private final Path file;
    private final AuditKeys keys;

    HeadsFile(Path directory, AuditKeys keys) {
        this.file = directory.resolve(NAME);
        this.keys = keys;
    }

    /// Empty where there is no file yet.
    ///
    /// @throws StartFailure when somebody else has written it
    Map<Partition, Head> read() {
        try {
            return Files.exists(file) ? parsed(Files.readAllLines(file, UTF_8)) : Map.of();
        } catch (IOException | IllegalArgumentException e) {
            throw altered();
        }
    }

    /// @throws InvalidSettings when there is no such place, or it cannot be written
    void prepare(Collection<Head> heads) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            write(heads);
        } catch (IOException e) {
            throw new InvalidSettings(List.of(Catalogue.DATA_DIR + " cannot be used: the heads of the audit trail are"
                    + " to be kept there, and " + file + " cannot be written"));
        }
    }

    void write(Collection<Head> heads) throws IOException {
        var text = new StringBuilder();
        heads.forEach(head -> text.append(line(head)).append('\n'));
        var signature = keys.head(text.toString());
        text.append(SIGNED).append(signature).append('\n');
        var fresh = file.resolveSibling(NAME + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(text.toString().getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Map<Partition, Head> parsed(List<String> lines) {
        var signed = lines.isEmpty() ? "" : lines.getLast();
        var content = lines.subList(0, Math.max(0, lines.size() - 1));
        var text = String.join("", content.stream().map(line -> line + "\n").toList());
        if (!signed.equals(SIGNED + keys.head(text))) {
            throw altered();
        }
        var heads = new TreeMap<Partition, Head>();
        content.stream().map(HeadsFile::head).forEach(head -> heads.put(head.partition(), head));
        return heads;
    }

    private static String line(Head head) {
        return String.join(
                " ",
                head.partition().topic(),
                Integer.toString(head.partition().number()),
                Long.toString(head.nextOffset()),
                Long.toString(head.seq()),
                head.digest().hex());
    }

    private static Head head(String line) {
        var fields = line.split(" ", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("not the line of a head");
        }
        return new Head(
                new Partition(fields[0], Integer.parseInt(fields[1])),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                Digest.ofHex(fields[4]));
    }

    private StartFailure altered() {
        return new StartFailure("The heads of the audit trail in " + file + " are not as they were written: bring the"
                + " file back, or move it away and lose the means to see what was cut off before now");
    }
}
