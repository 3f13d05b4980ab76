package io.captchapipeline.audit;

import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.ServiceContext;
import io.captchapipeline.kit.ServiceDefinition;
import io.captchapipeline.kit.ServiceMain;
import io.captchapipeline.kit.http.HttpService;
import io.captchapipeline.schemas.topic.Pipeline;

/// Every record of the audited topics in, one row of `audit_events` out: exactly once, without secrets, in a chain that
/// shows whether it was touched.
public final class AuditSink {
    public static final ServiceDefinition<?> DEFINITION =
            new ServiceDefinition<>(Pipeline.AUDIT_SINK, AuditSettings::from, AuditSink::wire);

    private AuditSink() {}

    public static void main(String[] args) {
        ServiceMain.run(DEFINITION, args);
    }

    /// topics -> rows -> HTTP
    static Running wire(AuditSettings settings, ServiceContext context) {
        var keys = AuditKeys.from(settings.key());
        var metrics = new AuditMetrics(context.metrics());
        var database = new Database(Engine.of(settings.databaseUrl()), keys);
        var trail = new Trail(database, keys);
        var keeper = new HeadKeeper(new HeadsFile(settings.dataDirectory(), keys), trail);
        var retention = new Retention(settings.retention(), database, keys, keeper, metrics, context.clock());
        var topics = new TopicOrder();
        var reading = new RecordReading(topics, new Redaction(keys));
        var batches = context.consumeBatches(settings.topics(), new BatchSink(reading, trail, keeper, metrics));
        var verification = new Verification(database, keys, keeper, metrics, context.clock());
        var api = new AuditApi(context.vertx(), settings.token(), new TrailQueries(database), topics, verification);
        var http = HttpService.on(context.vertx(), settings.listen(), api::routes);
        return Running.all(database, keeper, retention, batches, api, http);
    }
}
