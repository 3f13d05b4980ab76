package io.captchapipeline.audit;

import io.captchapipeline.kit.http.HttpService;
import io.captchapipeline.kit.kafka.TopicAdmin;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.schemas.topic.Pipeline;
import io.captchapipeline.schemas.topic.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What an audit sink can be told.
///
/// @param topics that the trail holds, those of the routes too
record AuditSettings(
        String address,
        int port,
        Optional<Secret> token,
        Secret databaseUrl,
        Secret key,
        Duration retention,
        Path dataDirectory,
        List<Topic<?>> topics) {

    static AuditSettings from(Settings settings) {
        return new AuditSettings(
                settings.apiAddress(),
                settings.get(Catalogue.AUDIT_PORT),
                settings.find(Catalogue.API_TOKEN),
                settings.get(Catalogue.AUDIT_DATABASE_URL),
                settings.get(Catalogue.AUDIT_KEY),
                settings.get(Catalogue.AUDIT_RETENTION),
                settings.get(Catalogue.DATA_DIR),
                TopicAdmin.withRoutes(Pipeline.AUDIT_SINK.reads(), settings));
    }

    HttpService.Listen listen() {
        return HttpService.Listen.on(address, port, Catalogue.AUDIT_PORT).overEventLoops(1);
    }
}
