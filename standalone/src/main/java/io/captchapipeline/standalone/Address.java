package io.captchapipeline.standalone;

import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Setting;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.kit.settings.Table;
import java.util.List;

/// Something that `up` opens, and what it is for.
///
/// @param bind where its port is bound
/// @param prefix before the host
/// @param path behind the port
record Address(String name, Bind bind, Setting<Integer> port, String prefix, String path, String says) {

    /// Who may reach it.
    enum Bind {
        /// As `BIND_ADDRESS` says.
        CONFIGURED {
            @Override
            String host(Settings settings) {
                return settings.get(Catalogue.BIND_ADDRESS);
            }
        },
        /// The same, but nobody without a token.
        GUARDED {
            @Override
            String host(Settings settings) {
                return settings.apiAddress();
            }
        },
        /// Nobody but this machine.
        LOOPBACK {
            @Override
            String host(Settings settings) {
                return HERE;
            }
        };

        abstract String host(Settings settings);
    }

    private static final String HERE = "127.0.0.1";

    /// In the order an event travels, then what operators ask.
    private static final List<Address> ALL = List.of(
            new Address("Kafka", Bind.LOOPBACK, Catalogue.KAFKA_PORT, "", "", "bootstrap servers of the broker"),
            http("callbacks", Catalogue.INGRESS_PORT, "/callback", "where the solver delivers"),
            http("callback health", Catalogue.INGRESS_PORT, "/health/callbacks", "how deliveries fare"),
            api("results", Catalogue.RESULTS_PORT, "/results/ID", "outcomes, by request_id or task_id"),
            api("audit", Catalogue.AUDIT_PORT, "/audit/ID", "what happened to a request"),
            api("delivery", Catalogue.ALERTING_PORT, "/delivery", "delivery statistics; /alerts beside it"),
            http("solver", Catalogue.SANDBOX_PORT, "/sandbox/behaviour", "the sandbox: what it should do wrong"),
            http("health", Catalogue.MANAGEMENT_PORT, "/health/ready", "whether all of it works"),
            http("metrics", Catalogue.MANAGEMENT_PORT, "/metrics", "for Prometheus"));

    /// Those that an `up` with these settings opens.
    static List<Address> of(Settings settings) {
        return ALL.stream()
                .filter(address -> address.port() != Catalogue.SANDBOX_PORT || Sandboxed.is(settings))
                .toList();
    }

    private static Address api(String name, Setting<Integer> port, String path, String says) {
        return new Address(name, Bind.GUARDED, port, "http://", path, says);
    }

    private static Address http(String name, Setting<Integer> port, String path, String says) {
        return new Address(name, Bind.CONFIGURED, port, "http://", path, says);
    }

    /// One line each.
    static String table(Settings settings) {
        return Table.of(
                List.of("", "", ""),
                of(settings).stream()
                        .map(address -> List.of("  " + address.name(), address.text(settings), address.says()))
                        .toList());
    }

    /// As somebody on this machine reaches it.
    String text(Settings settings) {
        return prefix + reachable(bind.host(settings)) + ":" + settings.get(port) + path;
    }

    private static String reachable(String host) {
        return switch (host) {
            case "0.0.0.0", "::" -> HERE;
            default -> host.contains(":") ? "[" + host + "]" : host;
        };
    }
}
