package io.captchapipeline.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `wire/<topic>/<event>.v<version>.json`: a value as it once was, or still is, written.
record GoldenFile(Topic<? extends Event> topic, String event, int version, JsonNode json) {
    private static final Pattern NAME = Pattern.compile("(?<event>[a-z-]+)\\.v(?<version>\\d+)\\.json");

    static List<GoldenFile> all() {
        try (var files = Files.walk(root())) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(GoldenFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The newest of each event; only these are still written.
    static List<GoldenFile> current() {
        var all = all();
        return all.stream()
                .filter(file -> all.stream().noneMatch(file::isOlderThan))
                .toList();
    }

    Event decode() {
        return Wire.decode(topic, Json.bytes(json));
    }

    private boolean isOlderThan(GoldenFile other) {
        return topic.equals(other.topic) && event.equals(other.event) && version < other.version;
    }

    private static GoldenFile read(Path file) {
        var name = matched(file);
        var topic = EventTypes.topic(file.resolveSibling("").getFileName().toString());
        return new GoldenFile(topic, name.group("event"), Integer.parseInt(name.group("version")), Json.read(file));
    }

    private static Matcher matched(Path file) {
        var name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalStateException(file + " is not named <event>.v<version>.json");
        }
        return name;
    }

    private static Path root() {
        try {
            return Path.of(Objects.requireNonNull(GoldenFile.class.getResource("/wire"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return topic + "/" + event + ".v" + version;
    }
}
