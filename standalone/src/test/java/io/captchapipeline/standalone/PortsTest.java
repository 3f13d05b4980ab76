package io.captchapipeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.InvalidSettings;
import io.captchapipeline.kit.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {

    private static final Map<String, String> ANY = Map.of(
            "KAFKA_PORT", "0",
            "INGRESS_PORT", "0",
            "RESULTS_PORT", "0",
            "AUDIT_PORT", "0",
            "ALERTING_PORT", "0",
            "SANDBOX_PORT", "0",
            "MANAGEMENT_PORT", "0");

    @Test
    void a_port_that_was_left_open_gets_a_free_one() {
        var chosen = Ports.choose(settings(Map.of()));

        assertThat(chosen).containsOnlyKeys(ANY.keySet().toArray(String[]::new));
        assertThat(chosen.values())
                .doesNotHaveDuplicates()
                .as("below those that any outgoing connection takes")
                .allMatch(port -> Integer.parseInt(port) > 0 && Integer.parseInt(port) < 32_768);
    }

    @Test
    void a_real_solver_needs_no_port_for_the_sandbox() {
        assertThat(Ports.choose(settings(Map.of("CAPTCHAAI_API_KEY", "0".repeat(32)))))
                .doesNotContainKey("SANDBOX_PORT");
    }

    @Test
    void every_taken_port_is_named() throws IOException {
        try (var one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var kafka = Integer.toString(one.getLocalPort());
            var ingress = Integer.toString(two.getLocalPort());

            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(() -> Ports.choose(settings(Map.of("KAFKA_PORT", kafka, "INGRESS_PORT", ingress))))
                    .withMessageContaining("127.0.0.1:" + kafka + " (KAFKA_PORT)")
                    .withMessageContaining("127.0.0.1:" + ingress + " (INGRESS_PORT)");
        }
    }

    @Test
    void one_port_for_two_is_a_matter_of_settings() {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> Ports.choose(settings(Map.of("KAFKA_PORT", "9999", "INGRESS_PORT", "9999"))))
                .withMessageContaining("KAFKA_PORT and INGRESS_PORT are both 9999");
    }

    private static Settings settings(Map<String, String> ports) {
        var variables = new HashMap<>(ANY);
        variables.putAll(ports);
        return new UpEnvironment(Environment.of(variables)).settings();
    }
}
