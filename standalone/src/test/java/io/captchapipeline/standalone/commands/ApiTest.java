package io.captchapipeline.standalone.commands;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiTest {

    @Test
    void who_is_slow_is_not_taken_for_nobody() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var api = api(silent.getLocalPort())) {
            assertThatThrownBy(() -> api.get("/audit/r-1", Duration.ofMillis(200)))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("did not answer within");
        }
    }

    @Test
    void who_is_not_there_is() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (var api = api(port)) {
            assertThatThrownBy(() -> api.get("/audit/r-1", Duration.ofSeconds(5)))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("Nothing answers at");
        }
    }

    private static Api api(int port) {
        var environment = Environment.of(Map.of("AUDIT_URL", "http://127.0.0.1:" + port));
        return new Api(Settings.read(environment, List.of(Catalogue.COMMANDS)), Catalogue.AUDIT_URL);
    }
}
