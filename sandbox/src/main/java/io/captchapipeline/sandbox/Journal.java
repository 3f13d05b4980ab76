package io.captchapipeline.sandbox;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps entries through a kill of the process. They are written off the event loop, by one write for all that have
/// gathered while the last one was under way. They are handed to the operating system, not forced to the disk: a
/// power cut may lose the newest.
///
/// A journal that has grown long is replaced by a snapshot, made from the files while the next journal is written.
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Context loop;
    private final JournalFiles files;
    private final Tuning tuning;
    private final ExecutorService writer = thread("sandbox-journal");
    private final ExecutorService compactor = thread("sandbox-snapshot");
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(1 << 16);
    private Promise<Void> kept = Promise.promise();
    private boolean writing;

    /// Only the writer's thread touches these.
    private FileChannel channel;
    private long number;
    /// After a write that failed halfway nothing may follow.
    private @Nullable IOException broken;

    private volatile boolean compacting;

    /// @param number of the journal to begin
    Journal(Context loop, JournalFiles files, long number, Tuning tuning) throws IOException {
        this.loop = loop;
        this.files = files;
        this.number = number;
        this.tuning = tuning;
        this.channel = open(number);
    }

    /// To be called on the loop. Done when the entry outlives the process.
    Future<Void> append(Entry entry) {
        try {
            JournalLine.write(entry, gathered);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var done = kept.future();
        if (!writing) {
            writeGathered();
        }
        return done;
    }

    /// To be called on the loop, when nothing more is appended.
    Future<Void> close() {
        var last = writing ? kept.future() : Future.<Void>succeededFuture();
        return last.transform(_ -> loop.owner().executeBlocking(() -> {
            stop(writer);
            stop(compactor);
            channel.close();
            return null;
        }));
    }

    private void writeGathered() {
        var batch = gathered.toByteArray();
        var promise = kept;
        gathered.reset();
        kept = Promise.promise();
        writing = true;
        writer.execute(() -> {
            var problem = write(batch);
            loop.runOnContext(_ -> written(promise, problem));
        });
    }

    private void written(Promise<Void> promise, @Nullable IOException problem) {
        writing = false;
        if (gathered.size() > 0) {
            writeGathered();
        } else {
            kept.tryComplete();
            kept = Promise.promise();
        }
        if (problem == null) {
            promise.complete();
        } else {
            promise.fail(problem);
        }
    }

    private @Nullable IOException write(byte[] batch) {
        if (broken != null) {
            return broken;
        }
        try {
            var buffer = ByteBuffer.wrap(batch);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            if (channel.size() > tuning.segmentBytes() && !compacting) {
                beginNext();
            }
        } catch (IOException e) {
            LOG.atError().setCause(e).addKeyValue("journal", number).log("The journal cannot be written");
            broken = e;
        }
        return broken;
    }

    private void beginNext() throws IOException {
        var next = open(number + 1);
        channel.close();
        channel = next;
        long full = number++;
        compacting = true;
        compactor.execute(() -> compact(full));
    }

    private void compact(long upTo) {
        try {
            var state = new State(tuning.bounds());
            files.read(upTo, state::apply);
            files.replace(upTo, state.entries().iterator());
        } catch (IOException e) {
            LOG.atWarn().setCause(e).addKeyValue("journal", upTo).log("The journal was not replaced by a snapshot");
        } finally {
            compacting = false;
        }
    }

    private FileChannel open(long newNumber) throws IOException {
        return FileChannel.open(files.journal(newNumber), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    private static void stop(ExecutorService executor) throws InterruptedException {
        executor.shutdown();
        if (!executor.awaitTermination(10, TimeUnit.SECONDS)) {
            executor.shutdownNow();
        }
    }
}
