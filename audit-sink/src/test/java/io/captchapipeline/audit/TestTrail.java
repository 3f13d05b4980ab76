package io.captchapipeline.audit;

import io.captchapipeline.kit.consume.Batch;
import io.captchapipeline.kit.consume.BatchHandler.Taken;
import io.captchapipeline.kit.consume.RawRecord;
import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.testkit.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// The parts of the sink on a real database, without Kafka and HTTP before it.
final class TestTrail implements AutoCloseable {
    static final Secret KEY = new Secret("a key of more than 16 letters");

    final String url;
    final AuditKeys keys = AuditKeys.from(KEY);
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final ManualClock clock = ManualClock.at(Records.NOON);
    final Engine engine;
    final Database database;
    final Trail trail;
    final HeadKeeper keeper;
    final BatchSink sink;
    final TrailQueries queries;
    final Retention retention;
    final Verification verification;
    private final AuditMetrics metrics;

    TestTrail(String url, Path directory) {
        this.url = url;
        metrics = new AuditMetrics(registry);
        engine = Engine.of(new Secret(url));
        database = new Database(engine, keys);
        database.start();
        trail = new Trail(database, keys);
        keeper = new HeadKeeper(new HeadsFile(directory, keys), trail, Duration.ofDays(1));
        keeper.start();
        sink = new BatchSink(new RecordReading(new TopicOrder(), new Redaction(keys)), trail, keeper, metrics);
        queries = new TrailQueries(database);
        retention = new Retention(Duration.ofDays(90), database, keys, keeper, metrics, clock);
        verification = new Verification(database, keys, keeper, metrics, clock);
    }

    /// Reads these as the kit would: from where the sink says.
    Taken take(List<RawRecord> records) {
        var batch = new Batch(records);
        sink.positions(batch.partitions());
        return sink.take(batch);
    }

    List<String> breaks() {
        return verification.verify().breaks().stream()
                .map(found -> found.kind().wire() + "@" + found.offset())
                .toList();
    }

    /// As health tells it.
    boolean isSaidToBeIntact() {
        return Boolean.TRUE.equals(
                keeper.checks().getFirst().read().get().data().get("intact"));
    }

    /// Of results, as the head says that is kept of them.
    long keptRows() {
        return Objects.requireNonNull(keeper.heads().get(Records.RESULTS)).seq();
    }

    /// One that looks this often.
    Retention retention(Duration interval) {
        return new Retention(Duration.ofDays(90), database, keys, keeper, metrics, clock, interval);
    }

    long rows() {
        return verification.verify().rows();
    }

    /// What somebody does who can write the database, and lacks the key.
    void tamper(String sql) {
        try (Connection connection = engine.unpooled().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        keeper.close();
        retention.close();
        database.close();
    }
}
