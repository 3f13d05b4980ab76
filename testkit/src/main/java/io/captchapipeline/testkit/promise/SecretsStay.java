package io.captchapipeline.testkit.promise;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// No secret stands where it was searched for, in any shape in which it could be read. What it says names secrets
/// and never shows one.
public final class SecretsStay implements Promise {
    private final Queue<Secret> secrets = new ConcurrentLinkedQueue<>();
    private final Set<String> leaks = new ConcurrentSkipListSet<>();
    private final AtomicLong searched = new AtomicLong();

    private record Secret(String name, SecretForms forms) {}

    /// Search for this from now on, and call it so. Several may be called the same.
    public void secret(String name, String value) {
        secrets.add(new Secret(name, new SecretForms(value)));
    }

    /// A log, a page of metrics, an exception's text.
    public void search(String where, String text) {
        search(where, text.getBytes(UTF_8));
    }

    public void search(String where, byte[] bytes) {
        searched.addAndGet(bytes.length);
        var text = SecretForms.readable(bytes);
        secrets.forEach(secret ->
                secret.forms().in(text).ifPresent(shape -> leaks.add(secret.name() + ": in " + where + ", " + shape)));
    }

    /// A file, or all files below a directory.
    public void searchFiles(Path path) {
        try (var files = Files.walk(path)) {
            files.filter(Files::isRegularFile).forEach(file -> search(file.toString(), content(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The headers of a record, whose value may carry what they may not.
    public void searchHeaders(ConsumerRecord<byte[], byte[]> record) {
        for (var header : record.headers()) {
            var where = "header " + header.key() + " of " + Origin.of(record);
            search(where, header.key());
            if (header.value() != null) {
                search(where, header.value());
            }
        }
    }

    /// Key, headers and value of a record.
    public void searchRecord(ConsumerRecord<byte[], byte[]> record) {
        searchHeaders(record);
        if (record.key() != null) {
            search("key of " + Origin.of(record), record.key());
        }
        if (record.value() != null) {
            search("value of " + Origin.of(record), record.value());
        }
    }

    @Override
    public String name() {
        return "secrets stay";
    }

    @Override
    public List<String> broken() {
        if (secrets.isEmpty() || searched.get() == 0) {
            return List.of("no secret was searched for in anything");
        }
        return List.copyOf(leaks);
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
