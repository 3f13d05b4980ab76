package io.captchapipeline.testkit;

/// A broker that can be stopped and started again with its data, at the same address.
sealed interface Broker extends AutoCloseable permits EmbeddedKafka, ContainerKafka {
    /// The kind that `-Dkafka` names, started.
    static Broker start() {
        var kind = System.getProperty("kafka", "embedded");
        return switch (kind) {
            case "embedded" -> new EmbeddedKafka();
            case "testcontainers" -> new ContainerKafka();
            default ->
                throw new IllegalArgumentException(
                        "-Dkafka=" + kind + " is neither embedded (the default) nor testcontainers");
        };
    }

    String bootstrapServers();

    void stop();

    void startAgain();

    @Override
    void close();
}
