package io.captchapipeline.benchmarks;

import io.captchapipeline.broker.BrokerConfig;
import io.captchapipeline.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/// A broker in a process of its own: directory, port, and settings in place of ours, `NAME=VALUE`.
final class BrokerServer {
    private BrokerServer() {}

    public static void main(String[] args) throws InterruptedException {
        var config = BrokerConfig.in(Path.of(args[0]))
                .onPort(Integer.parseInt(args[1]))
                .with(Arrays.stream(args)
                        .skip(2)
                        .map(setting -> setting.split("=", 2))
                        .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1])));
        try (var _ = EmbeddedBroker.start(config)) {
            System.out.println("READY");
            new CountDownLatch(1).await();
        }
    }
}
