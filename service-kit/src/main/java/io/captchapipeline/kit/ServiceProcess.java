package io.captchapipeline.kit;

import io.captchapipeline.kit.health.HealthCheck;
import io.captchapipeline.kit.http.HttpService;
import io.captchapipeline.kit.http.Management;
import io.captchapipeline.kit.kafka.KafkaCheck;
import io.captchapipeline.kit.kafka.KafkaClients;
import io.captchapipeline.kit.metrics.Metrics;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.kit.streams.StreamsHome;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// What the services of one process share.
record ServiceProcess(
        KafkaClients kafka, KafkaCheck kafkaCheck, StreamsHome streams, Vertx vertx, Metrics metrics, Clock clock) {

    static ServiceProcess of(Settings settings) {
        var metrics = new Metrics();
        var kafka = KafkaClients.of(settings);
        var clock = Clock.systemUTC();
        return new ServiceProcess(
                kafka,
                new KafkaCheck(kafka, clock),
                StreamsHome.of(settings),
                metrics.vertx(new VertxOptions()),
                metrics,
                clock);
    }

    HttpService management(Settings settings, Supplier<List<HealthCheck>> readiness) {
        var listen = HttpService.Listen.on(
                        settings.get(Catalogue.BIND_ADDRESS),
                        settings.get(Catalogue.MANAGEMENT_PORT),
                        Catalogue.MANAGEMENT_PORT)
                .overEventLoops(1);
        return HttpService.on(vertx, listen, () -> new Management(vertx, readiness, metrics.registry()));
    }

    void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The event loops are idle by now; they end with the process.
        }
        metrics.close();
    }
}
