package io.captchapipeline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FaultProxyTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final int ENDED = -1;

    private final BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
    private ServerSocket echo;
    private FaultProxy proxy;

    @BeforeEach
    void an_echo_behind_the_proxy() throws IOException {
        echo = new ServerSocket(0, 0, LOOPBACK);
        Thread.ofVirtual().start(this::serve);
        proxy = FaultProxy.listen().carryTo(echo.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void carries_both_ways() throws IOException {
        try (var client = client()) {
            assertThat(answer(client, 'a')).isEqualTo('a');
            assertThat(answer(client, 'b')).isEqualTo('b');
        }
    }

    @Test
    void a_cut_ends_connections_and_refuses_new_ones_until_restored() throws IOException {
        try (var client = client()) {
            assertThat(answer(client, 'a')).isEqualTo('a');

            proxy.cut();

            assertThat(endOf(client)).isEqualTo(ENDED);
        }
        try (var client = client()) {
            assertThat(endOf(client)).isEqualTo(ENDED);
        }
        proxy.restore();
        try (var client = client()) {
            assertThat(answer(client, 'a')).isEqualTo('a');
        }
    }

    @Test
    void a_stall_takes_bytes_and_delivers_them_when_restored() throws IOException {
        try (var client = client()) {
            assertThat(answer(client, 'a')).isEqualTo('a');
            proxy.stall();
            client.setSoTimeout(200);

            assertThatThrownBy(() -> answer(client, 'b')).isInstanceOf(SocketTimeoutException.class);

            proxy.restore();
            client.setSoTimeout(10_000);
            assertThat(client.getInputStream().read()).isEqualTo('b');
        }
    }

    @Test
    void with_replies_stalled_what_is_said_is_heard_and_the_answer_is_not() throws Exception {
        try (var client = client()) {
            assertThat(answer(client, 'a')).isEqualTo('a');
            assertThat(heard.take()).isEqualTo((int) 'a');
            proxy.stallReplies();
            client.setSoTimeout(200);

            assertThatThrownBy(() -> answer(client, 'b')).isInstanceOf(SocketTimeoutException.class);
            assertThat(heard.take()).isEqualTo((int) 'b');

            proxy.restore();
            client.setSoTimeout(10_000);
            assertThat(client.getInputStream().read()).isEqualTo('b');
        }
    }

    @Test
    void a_delay_holds_each_way_back() throws IOException {
        proxy.delay(Duration.ofMillis(100));
        try (var client = client()) {
            var began = System.nanoTime();

            assertThat(answer(client, 'a')).isEqualTo('a');

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    @Test
    void a_half_closed_connection_ends_for_the_caller_and_is_heard_on_the_other_side() throws Exception {
        try (var client = client()) {
            assertThat(answer(client, 'a')).isEqualTo('a');
            heard.clear();

            proxy.halfClose();

            assertThat(endOf(client)).isEqualTo(ENDED);
            client.getOutputStream().write('b');
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo('b');
        }
    }

    @Test
    void several_have_their_turns_but_one_who_does_not_listen() throws IOException {
        int nobody;
        try (var closed = new ServerSocket(0, 0, LOOPBACK)) {
            nobody = closed.getLocalPort();
        }
        proxy.carryTo(nobody, echo.getLocalPort());

        for (var i = 0; i < 3; i++) {
            try (var client = client()) {
                assertThat(answer(client, 'a')).isEqualTo('a');
            }
        }
    }

    @Test
    void a_connection_to_nobody_ends() throws IOException {
        try (var nowhere = FaultProxy.listen();
                var client = new Socket(LOOPBACK, nowhere.port())) {
            assertThat(endOf(client)).isEqualTo(ENDED);
        }
    }

    private Socket client() throws IOException {
        var client = new Socket(LOOPBACK, proxy.port());
        client.setSoTimeout(10_000);
        return client;
    }

    private static int answer(Socket client, int letter) throws IOException {
        client.getOutputStream().write(letter);
        return client.getInputStream().read();
    }

    /// A connection that ends may end with a reset too.
    private static int endOf(Socket client) throws IOException {
        try {
            return client.getInputStream().read();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException _) {
            return ENDED;
        }
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                var connection = echo.accept();
                Thread.ofVirtual().start(() -> repeat(connection));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void repeat(Socket connection) {
        try (connection) {
            var in = connection.getInputStream();
            for (int letter = in.read(); letter != ENDED; letter = in.read()) {
                heard.add(letter);
                connection.getOutputStream().write(letter);
            }
        } catch (IOException _) {
            // The proxy cut it.
        }
    }
}
