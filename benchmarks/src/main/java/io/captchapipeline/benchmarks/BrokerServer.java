package io.captchapipeline.benchmarks;

import io.captchapipeline.broker.BrokerConfig;
import io.captchapipeline.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// A broker in a process of its own.
final class BrokerServer {
    private BrokerServer() {}

    public static void main(String[] args) throws InterruptedException {
        var config = BrokerConfig.in(Path.of(args[0])).onPort(Integer.parseInt(args[1]));
        try (var _ = EmbeddedBroker.start(config)) {
            new CountDownLatch(1).await();
        }
    }
}
