package io.captchapipeline.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/// The directory that outlives a broker, held by one broker at a time.
///
/// The lock is the operating system's, so a killed process leaves none behind.
final class DataDirectory implements AutoCloseable {
    static final long LEAST_FREE_BYTES = 64L * 1024 * 1024;

    private static final String FORMATTED = "meta.properties";
    private static final String LOCK = "broker.lock";

    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /// Takes the directory, making it first if it is not there.
    static DataDirectory take(Path path, long leastFreeBytes) {
        var directory = new DataDirectory(path, lock(path));
        try {
            directory.requireFree(leastFreeBytes);
            return directory;
        } catch (BrokerStartFailed e) {
            directory.close();
            throw e;
        }
    }

    String path() {
        return path.toString();
    }

    /// Makes an empty directory a Kafka node's. A formatted one is left as it is.
    void format(int nodeId, String controllerListener) {
        if (Files.exists(path.resolve(FORMATTED))) {
            return;
        }
        try {
            new Formatter()
                    .setNodeId(nodeId)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(controllerListener)
                    .setDirectories(List.of(path()))
                    .setMetadataLogDirectory(path())
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false))
                    .run();
        } catch (Exception e) {
            throw new BrokerStartFailed(
                    "The broker's data directory " + path + " cannot be formatted: " + e.getMessage()
                            + ". Empty it, or choose another.",
                    e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel lock(Path path) {
        try {
            Files.createDirectories(path);
            var channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!tryLock(channel)) {
                channel.close();
                throw new BrokerStartFailed("The broker's data directory " + path
                        + " is in use by another running broker. Stop that one, or choose another directory.");
            }
            return channel;
        } catch (IOException e) {
            throw new BrokerStartFailed(
                    "The broker's data directory " + path + " cannot be written (" + reason(e)
                            + "). Choose a directory that this user may write.",
                    e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    private void requireFree(long leastFreeBytes) {
        try {
            var free = Files.getFileStore(path).getUsableSpace();
            if (free < leastFreeBytes) {
                throw new BrokerStartFailed("The disk of the broker's data directory " + path + " is full: " + free
                        + " bytes are free, at least " + leastFreeBytes
                        + " are needed. Free some, or choose another directory.");
            }
        } catch (IOException e) {
            throw new BrokerStartFailed(
                    "The broker's data directory " + path + " cannot be read (" + reason(e) + ").", e);
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
