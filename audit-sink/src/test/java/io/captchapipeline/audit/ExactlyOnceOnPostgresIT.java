package io.captchapipeline.audit;

import io.captchapipeline.testkit.DatabaseServer;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// The same with the trail in PostgreSQL. Its whole data directory, with its logs of what it writes ahead, is searched
/// for secrets.
@WithKafka(own = true)
class ExactlyOnceOnPostgresIT extends ExactlyOnceIT {
    private DatabaseServer database;

    ExactlyOnceOnPostgresIT(KafkaCluster kafka) {
        super(kafka);
    }

    @BeforeEach
    void startDatabase() throws IOException {
        database = new DatabaseServer(directory.resolve("postgres"));
    }

    @AfterEach
    void stopDatabase() throws IOException {
        database.close();
    }

    @Override
    String url() {
        return database.url();
    }
}
