package io.captchapipeline.audit;

import java.util.concurrent.atomic.AtomicInteger;

class SqliteTrailTest extends TrailConformance {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    String freshUrl() {
        return "jdbc:sqlite:" + directory.resolve("trail-" + count.incrementAndGet() + ".db");
    }
}
