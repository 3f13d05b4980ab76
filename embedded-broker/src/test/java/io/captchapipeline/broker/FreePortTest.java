package io.captchapipeline.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortTest {

    @Test
    void each_is_given_once_and_none_that_a_connection_can_take() {
        var ports = IntStream.range(0, 100).map(_ -> FreePort.next()).toArray();

        assertThat(ports).doesNotHaveDuplicates();
        assertThat(IntStream.of(ports)).allMatch(port -> port >= FreePort.FIRST && port < FreePort.HANDED_OUT);
    }

    @Test
    void a_taken_one_is_passed_over() throws Exception {
        var next = FreePort.next() + 1;
        try (var _ = new ServerSocket(next, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePort.next()).isNotEqualTo(next);
        }
    }
}
