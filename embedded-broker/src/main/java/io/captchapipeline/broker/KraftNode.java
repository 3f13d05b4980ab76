package io.captchapipeline.broker;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.FaultHandlerFactory;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapDirectory;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble.VerificationFlag;

/// Kafka's own controller and broker in one node. What `kafka.server.KafkaRaftServer` composes, with our sockets and
/// with faults that are told instead of ending the JVM.
final class KraftNode {
    static final int ID = 1;

    private final ControllerServer controller;
    private final BrokerServer broker;
    private final Metrics metrics;

    private KraftNode(ControllerServer controller, BrokerServer broker, Metrics metrics) {
        this.controller = controller;
        this.broker = broker;
        this.metrics = metrics;
    }

    static KraftNode compose(Properties settings, Listeners listeners, FaultHandlerFactory faults) throws Exception {
        var config = KafkaConfig.fromProps(settings, false);
        var identity = identity(config);
        var bootstrap = new BootstrapDirectory(config.metadataLogDir()).read();
        var metrics = Server.initializeMetrics(
                config, Time.SYSTEM, identity.clusterId().orElseThrow());
        var shared = new SharedServer(
                config,
                identity,
                Time.SYSTEM,
                metrics,
                CompletableFuture.completedFuture(Map.of(ID, BrokerConfig.address(listeners.controllerPort()))),
                List.of(),
                faults,
                listeners.toKafka());
        var broker = new BrokerServer(shared);
        return new KraftNode(new ControllerServer(shared, KafkaRaftServer.configSchema(), bootstrap), broker, metrics);
    }

    void start() {
        controller.startup();
        broker.startup();
    }

    /// The broker first: it says goodbye to the controller. The metrics are Kafka's to close only if it got to start.
    void stop(Duration goodbye) {
        try (metrics) {
            try {
                broker.shutdown(goodbye);
            } finally {
                controller.shutdown();
            }
        }
    }

    private static MetaPropertiesEnsemble identity(KafkaConfig config) throws Exception {
        var identity = new MetaPropertiesEnsemble.Loader()
                .addMetadataLogDir(config.metadataLogDir())
                .addLogDirs(List.of(config.metadataLogDir()))
                .load();
        identity.verify(
                Optional.empty(),
                OptionalInt.of(ID),
                EnumSet.of(VerificationFlag.REQUIRE_AT_LEAST_ONE_VALID, VerificationFlag.REQUIRE_METADATA_LOG_DIR));
        return identity;
    }
}
