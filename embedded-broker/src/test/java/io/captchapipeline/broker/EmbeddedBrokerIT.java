package io.captchapipeline.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerIT {
    /// Shared by all brokers that a JVM ever runs.
    private static final String METRICS_OF_THE_JVM = "metrics-meter-tick-thread";

    @TempDir
    Path temp;

    @Test
    void what_is_produced_is_consumed() {
        try (var broker = EmbeddedBroker.start(BrokerConfig.in(temp))) {
            var clients = new Clients(broker.bootstrapServers());
            clients.createTopic("letters");

            var acknowledged = clients.produce("letters", 0, 100);

            assertThat(clients.readAll("letters")).isEqualTo(acknowledged);
        }
    }

    @Test
    void data_is_there_again_after_a_restart_on_other_ports() {
        int firstPort;
        try (var first = EmbeddedBroker.start(BrokerConfig.in(temp))) {
            firstPort = first.port();
            var clients = new Clients(first.bootstrapServers());
            clients.createTopic("letters");
            clients.produce("letters", 0, 100);
        }
        try (var taken = new ServerSocketOn(firstPort);
                var second = EmbeddedBroker.start(BrokerConfig.in(temp))) {
            var clients = new Clients(second.bootstrapServers());
            clients.produce("letters", 100, 10);

            assertThat(second.port()).isNotEqualTo(taken.port());
            assertThat(clients.readAll("letters")).hasSize(110);
        }
    }

    @Test
    void what_was_acknowledged_survives_kill_9() throws Exception {
        try (var process = BrokerProcess.start(temp)) {
            var clients = new Clients(process.bootstrapServers());
            clients.createTopic("letters");
            var acknowledged = clients.produce("letters", 0, 1000);
            process.kill();

            try (var again = EmbeddedBroker.start(BrokerConfig.in(temp))) {
                assertThat(new Clients(again.bootstrapServers()).readAll("letters"))
                        .isEqualTo(acknowledged);
            }
        }
    }

    @Test
    void a_format_that_was_cut_short_is_done_again() throws IOException {
        Files.writeString(temp.resolve("bootstrap.checkpoint"), "half");

        try (var broker = EmbeddedBroker.start(BrokerConfig.in(temp))) {
            new Clients(broker.bootstrapServers()).createTopic("letters");
        }
    }

    @Test
    void a_chosen_port_is_listened_on_and_an_advertised_one_is_told_to_clients() {
        int free = FreePort.next();
        try (var broker =
                EmbeddedBroker.start(BrokerConfig.in(temp).onPort(free).advertisedOn(1))) {
            assertThat(broker.port()).isEqualTo(free);
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:1");
        }
    }

    @Test
    void a_taken_port_is_named_and_the_directory_left_free() {
        try (var taken = new ServerSocketOn(0)) {
            assertThatThrownBy(() -> EmbeddedBroker.start(BrokerConfig.in(temp).onPort(taken.port())))
                    .isInstanceOf(BrokerStartFailed.class)
                    .hasMessageContaining("127.0.0.1:" + taken.port())
                    .hasMessageContaining("choose another port");
        }
        EmbeddedBroker.start(BrokerConfig.in(temp)).close();
    }

    @Test
    void a_directory_of_another_running_broker_is_named() {
        try (var _ = EmbeddedBroker.start(BrokerConfig.in(temp))) {
            assertThatThrownBy(() -> EmbeddedBroker.start(BrokerConfig.in(temp)))
                    .isInstanceOf(BrokerStartFailed.class)
                    .hasMessageContaining(temp.toString())
                    .hasMessageContaining("in use by another running broker");
        }
    }

    @Test
    void a_directory_of_another_kafka_node_is_named_and_nothing_keeps_running() throws Exception {
        Files.writeString(temp.resolve("meta.properties"), "version=1\nnode.id=7\ncluster.id=abc\n");

        assertThatThrownBy(() -> EmbeddedBroker.start(BrokerConfig.in(temp)))
                .isInstanceOf(BrokerStartFailed.class)
                .hasMessageContaining(temp.toString());
        assertNothingRuns();
    }

    @Test
    void damaged_metadata_fails_the_start_and_nothing_keeps_running() throws Exception {
        EmbeddedBroker.start(BrokerConfig.in(temp)).close();
        Files.writeString(temp.resolve("bootstrap.checkpoint"), "damaged");
        Files.writeString(temp.resolve("__cluster_metadata-0/quorum-state"), "damaged");

        assertThatThrownBy(() -> EmbeddedBroker.start(BrokerConfig.in(temp)))
                .isInstanceOf(BrokerStartFailed.class)
                .hasMessageContaining(temp.toString());
        assertNothingRuns();
    }

    @Test
    void a_fatal_fault_is_told_to_the_owner_and_the_jvm_goes_on() throws Exception {
        try (var broker = EmbeddedBroker.start(BrokerConfig.in(temp))) {
            var failed = broker.whenFailed().toCompletableFuture();
            var halting = new Thread(broker.threads(), () -> Exit.halt(1, "all log dirs have failed"), "halting");

            halting.start();

            assertThat(failed.get(10, TimeUnit.SECONDS)).hasMessageContaining("all log dirs have failed");
        }
    }

    @Test
    void a_stop_leaves_nothing_running_and_is_no_failure() throws Exception {
        var broker = EmbeddedBroker.start(BrokerConfig.in(temp));
        var clients = new Clients(broker.bootstrapServers());
        clients.createTopic("letters");
        clients.produce("letters", 0, 100);

        broker.close();
        broker.close();

        assertThat(broker.whenFailed().toCompletableFuture()).isNotDone();
        assertNothingRuns();
    }

    private static void assertNothingRuns() throws InterruptedException {
        for (var thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getThreadGroup() instanceof BrokerThreads
                    && !thread.getName().startsWith(METRICS_OF_THE_JVM)) {
                thread.join(Duration.ofSeconds(5));
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    /// A socket that somebody else listens on.
    private static final class ServerSocketOn implements AutoCloseable {
        private final ServerSocket socket;

        ServerSocketOn(int port) {
            try {
                socket = new ServerSocket();
                socket.bind(BrokerConfig.address(port));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
