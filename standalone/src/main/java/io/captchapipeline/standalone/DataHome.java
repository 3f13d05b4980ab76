package io.captchapipeline.standalone;

import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// `DATA_DIR`: what outlives an `up`, used by one `up` at a time. Its lock is the operating system's, so a killed
/// process leaves none behind; the file of the lock marks the directory as ours.
public final class DataHome implements AutoCloseable {

    private static final String LOCK = "captcha.lock";
    private static final String KAFKA = "kafka";
    static final String SANDBOX = "sandbox";
    private static final String STREAMS = "streams";
    private static final List<String> AUDIT = List.of("audit.db", "audit.db-wal", "audit.db-shm", "audit-heads");
    private static final String SECRETS = "secrets.properties";
    private static final String ADDRESSES = "addresses.properties";

    /// All that `up` makes in it, and all that `--fresh` deletes.
    private static final List<String> MADE = Stream.concat(
                    Stream.of(KAFKA, SANDBOX, STREAMS, SECRETS, ADDRESSES), AUDIT.stream())
            .toList();

    private final Path path;
    private final FileChannel lock;

    private DataHome(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /// Takes the directory, making it first if it is not there.
    ///
    /// @param fresh without what an earlier `up` left there
    /// @throws StartFailure when it cannot be written, or another `up` runs on it
    static DataHome take(Path directory, boolean fresh) {
        var path = directory.toAbsolutePath().normalize();
        try {
            if (fresh) {
                refuseForeign(path);
            }
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path, KeptFile.OWNER_ONLY_DIRECTORY);
            }
            var home = new DataHome(path, lock(path));
            if (fresh) {
                home.empty();
            }
            return home;
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /// The process's environment and, behind it, what a running `up` wrote down, unless it names a broker of its own.
    public static Environment found(Environment process) {
        var settings = Settings.read(process, List.of("data"));
        if (settings.isSet(Catalogue.KAFKA_BOOTSTRAP_SERVERS)) {
            return process;
        }
        var path = settings.get(Catalogue.DATA_DIR).toAbsolutePath().normalize();
        try {
            var told = new HashMap<>(secrets(path).read());
            told.putAll(addresses(path).read());
            return told.isEmpty() ? process : process.giving(told).standalone(true);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    Path path() {
        return path;
    }

    Path kafka() {
        return path.resolve(KAFKA);
    }

    Path sandbox() {
        return path.resolve(SANDBOX);
    }

    Map<String, String> secrets() {
        try {
            return Secrets.keptIn(secrets(path));
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /// Where other commands find what runs here.
    void tell(Map<String, String> settings) {
        try {
            addresses(path).write(settings);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /// Nothing runs here any more.
    @Override
    public void close() {
        try {
            addresses(path).delete();
            lock.close();
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    private static KeptFile addresses(Path path) {
        return new KeptFile(path.resolve(ADDRESSES), "Where ./captcha up runs; the other commands read it.");
    }

    private static KeptFile secrets(Path path) {
        return new KeptFile(
                path.resolve(SECRETS), "Generated once by ./captcha up. Whoever has these can forge callbacks.");
    }

    private static FileChannel lock(Path path) throws IOException {
        var file = path.resolve(LOCK);
        if (!Files.exists(file)) {
            Files.createFile(file, KeptFile.OWNER_ONLY_FILE);
        }
        var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw new StartFailure("Another ./captcha up runs on " + path + " (process "
                    + Files.readString(file).strip() + "): stop it, or choose another directory with --data");
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    private static void refuseForeign(Path path) throws IOException {
        if (!Files.isDirectory(path) || Files.exists(path.resolve(LOCK))) {
            return;
        }
        try (var entries = Files.list(path)) {
            if (entries.findAny().isPresent()) {
                throw new StartFailure(path + " was not made by ./captcha up, so --fresh deletes nothing in it:"
                        + " choose another directory with --data, or empty it yourself");
            }
        }
    }

    private void empty() throws IOException {
        for (var name : MADE) {
            delete(path.resolve(name));
        }
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (var tree = Files.walk(path)) {
            for (var each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static StartFailure unusable(Path path, IOException e) {
        return new StartFailure(
                "The data directory " + path + " cannot be used (" + reason(e)
                        + "): mend that, or choose another with --data or DATA_DIR",
                e);
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case FileAlreadyExistsException exists -> exists.getFile() + " is not a directory";
            case NotDirectoryException file -> file.getFile() + " is not a directory";
            case FileSystemException other when other.getReason() != null -> other.getFile() + ": " + other.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
