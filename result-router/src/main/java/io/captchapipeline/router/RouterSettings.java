package io.captchapipeline.router;

import io.captchapipeline.kit.http.HttpService;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.InvalidSettings;
import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.router.ledger.LedgerRules;
import io.captchapipeline.router.ledger.PollRules;
import io.captchapipeline.schemas.event.Route;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a router can be told.
///
/// @param advertised where other instances reach this one
/// @param partitions of every topic
/// @param mostWaiters callers of the results API that may wait at once
record RouterSettings(
        String address,
        int port,
        URI advertised,
        Optional<Secret> token,
        int partitions,
        Set<Route> routes,
        LedgerRules rules,
        int mostWaiters) {

    private static final int MOST_WAITERS = 10_000;

    RouterSettings {
        routes = Set.copyOf(routes);
        if (advertised.getPort() < 0) {
            throw new InvalidSettings(List.of(Catalogue.ADVERTISED_URL + " needs a port: http://router-1:8082"));
        }
    }

    static RouterSettings from(Settings settings) {
        var address = settings.apiAddress();
        int port = settings.get(Catalogue.RESULTS_PORT);
        return new RouterSettings(
                address,
                port,
                settings.find(Catalogue.ADVERTISED_URL).orElseGet(() -> own(address, port)),
                settings.find(Catalogue.API_TOKEN),
                settings.get(Catalogue.TOPIC_PARTITIONS),
                settings.find(Catalogue.ROUTES).orElse(List.of()).stream()
                        .map(Route::new)
                        .collect(Collectors.toSet()),
                rules(settings),
                MOST_WAITERS);
    }

    HttpService.Listen listen() {
        return HttpService.Listen.on(address, port, Catalogue.RESULTS_PORT);
    }

    Duration dedupRetention() {
        return rules.dedupRetention();
    }

    private static LedgerRules rules(Settings settings) {
        return new LedgerRules(
                settings.get(Catalogue.REQUEST_TIMEOUT),
                settings.get(Catalogue.ATTEMPT_TIMEOUT),
                settings.get(Catalogue.DEDUP_RETENTION),
                new PollRules(
                        settings.find(Catalogue.POLL_AFTER).orElse(null),
                        settings.get(Catalogue.POLL_INTERVAL),
                        settings.get(Catalogue.POLL_MAX),
                        settings.find(Catalogue.CALLBACK_URL).isPresent()),
                settings.get(Catalogue.TOKEN_LIFE));
    }

    private static URI own(String address, int port) {
        return URI.create("http://" + bracketed(reachable(address)) + ":" + port);
    }

    /// An address that means all of this machine's is not one to be reached at.
    private static String reachable(String address) {
        try {
            return InetAddress.getByName(address).isAnyLocalAddress()
                    ? InetAddress.getLocalHost().getHostAddress()
                    : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }

    private static String bracketed(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }
}
