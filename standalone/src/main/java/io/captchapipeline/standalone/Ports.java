package io.captchapipeline.standalone;

import io.captchapipeline.broker.FreePort;
import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.settings.InvalidSettings;
import io.captchapipeline.kit.settings.Setting;
import io.captchapipeline.kit.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The ports that `up` opens. All are tried before the first is used, so that every taken one is named at once.
final class Ports {

    private Ports() {}

    /// @return the settings whose port was left open (0), with a free one
    /// @throws InvalidSettings when two of them are the same
    /// @throws StartFailure when one is taken
    static Map<String, String> choose(Settings settings) {
        refuseSame(settings);
        var held = new LinkedHashMap<Setting<Integer>, ServerSocket>();
        var problems = new ArrayList<String>();
        try {
            for (var address : Address.of(settings)) {
                if (!held.containsKey(address.port())) {
                    hold(address, settings, held, problems);
                }
            }
            refuse(problems);
            return left(held, settings);
        } finally {
            held.values().forEach(Ports::close);
        }
    }

    private static void hold(
            Address address, Settings settings, Map<Setting<Integer>, ServerSocket> held, List<String> problems) {
        int asked = settings.get(address.port());
        var place = new InetSocketAddress(address.bind().host(settings), asked == 0 ? FreePort.next() : asked);
        try {
            var socket = new ServerSocket();
            held.put(address.port(), socket);
            socket.setReuseAddress(true);
            socket.bind(place);
        } catch (IOException e) {
            problems.add(
                    "%s:%d (%s): %s".formatted(place.getHostString(), place.getPort(), address.port(), e.getMessage()));
        }
    }

    private static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new StartFailure(problems.stream()
                    .map(problem -> "  " + problem)
                    .collect(Collectors.joining(
                            "\n",
                            "Cannot listen on\n",
                            "\nStop what listens there, or set another port (0: any free one).")));
        }
    }

    private static void refuseSame(Settings settings) {
        var settingsByPort = Address.of(settings).stream()
                .map(Address::port)
                .distinct()
                .filter(setting -> settings.get(setting) != 0)
                .collect(Collectors.groupingBy(settings::get, LinkedHashMap::new, Collectors.toList()));
        var problems = settingsByPort.entrySet().stream()
                .filter(port -> port.getValue().size() > 1)
                .map(port -> port.getValue().stream().map(Setting::name).collect(Collectors.joining(" and "))
                        + " are both " + port.getKey() + ": give each a port of its own")
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
    }

    private static Map<String, String> left(Map<Setting<Integer>, ServerSocket> held, Settings settings) {
        return held.entrySet().stream()
                .filter(port -> settings.get(port.getKey()) == 0)
                .collect(Collectors.toMap(
                        port -> port.getKey().name(),
                        port -> Integer.toString(port.getValue().getLocalPort())));
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
