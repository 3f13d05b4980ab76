package io.captchapipeline.standalone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// Settings in a file that only its owner reads. A crash leaves the old one or the new one.
record KeptFile(Path path, String says) {

    static final FileAttribute<?>[] OWNER_ONLY_FILE = permissions("rw-------");
    static final FileAttribute<?>[] OWNER_ONLY_DIRECTORY = permissions("rwx------");

    /// Nothing, if there is no such file.
    Map<String, String> read() throws IOException {
        if (!Files.exists(path)) {
            return Map.of();
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        }
        var values = new HashMap<String, String>();
        properties.forEach((name, value) -> values.put(name.toString(), value.toString()));
        return values;
    }

    void write(Map<String, String> values) throws IOException {
        var lines = new StringBuilder("# ").append(says).append('\n');
        new TreeMap<>(values)
                .forEach((name, value) ->
                        lines.append(name).append('=').append(escaped(value)).append('\n'));
        var next = path.resolveSibling(path.getFileName() + ".next");
        Files.deleteIfExists(next);
        Files.createFile(next, OWNER_ONLY_FILE);
        Files.writeString(next, lines);
        force(next);
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    /// What reading takes for itself: backslashes, ends of lines, blanks at the beginning.
    private static String escaped(String value) {
        var escaped = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
        return escaped.isEmpty() || !Character.isWhitespace(escaped.charAt(0)) ? escaped : "\\" + escaped;
    }

    private static void force(Path path) throws IOException {
        try (var file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.force(true);
        }
    }

    private static FileAttribute<?>[] permissions(String text) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))}
                : new FileAttribute<?>[0];
    }
}
