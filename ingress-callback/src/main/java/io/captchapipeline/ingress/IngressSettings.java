package io.captchapipeline.ingress;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import io.captchapipeline.kit.http.HttpService;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.InvalidSettings;
import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.kit.settings.Settings;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an ingress can be told.
///
/// @param staleAfter somebody who waits for a callback longer than this makes the callbacks stale
/// @param wholeWithin a request that has not arrived whole by then is dropped
record IngressSettings(
        String address,
        int port,
        List<Secret> secrets,
        boolean open,
        List<IPAddress> allowed,
        List<IPAddress> trustedProxies,
        Pattern idPattern,
        Duration ackTimeout,
        Duration wholeWithin,
        Duration staleAfter,
        Optional<String> verification) {
    private static final Duration WHOLE_WITHIN = Duration.ofSeconds(30);
    private static final int MOST_REQUEST_LINE = 80 * 1024;
    private static final int MOST_HEADERS = 16 * 1024;

    IngressSettings {
        if (ackTimeout.compareTo(wholeWithin) >= 0) {
            throw new InvalidSettings(List.of(Catalogue.CALLBACK_ACK_TIMEOUT + " has to be shorter than the "
                    + wholeWithin.toSeconds() + " s in which a request has to arrive"));
        }
    }

    static IngressSettings from(Settings settings) {
        return new IngressSettings(
                settings.get(Catalogue.BIND_ADDRESS),
                settings.get(Catalogue.INGRESS_PORT),
                settings.get(Catalogue.CALLBACK_SECRET),
                settings.get(Catalogue.CALLBACK_OPEN),
                networks(settings.find(Catalogue.CALLBACK_ALLOWED_IPS)),
                networks(settings.find(Catalogue.CALLBACK_TRUSTED_PROXIES)),
                settings.get(Catalogue.CALLBACK_ID_PATTERN),
                settings.get(Catalogue.CALLBACK_ACK_TIMEOUT),
                WHOLE_WITHIN,
                settings.get(Catalogue.ALERT_STALE_AFTER),
                settings.find(Catalogue.CALLBACK_VERIFICATION));
    }

    HttpService.Listen listen() {
        return HttpService.Listen.on(address, port, Catalogue.INGRESS_PORT)
                .with(new HttpServerOptions()
                        .setMaxInitialLineLength(MOST_REQUEST_LINE)
                        .setMaxHeaderSize(MOST_HEADERS)
                        .setHttp2ClearTextEnabled(false)
                        .setPerFrameWebSocketCompressionSupported(false)
                        .setPerMessageWebSocketCompressionSupported(false)
                        .setTcpNoDelay(true));
    }

    List<String> secretTexts() {
        return secrets.stream().map(Secret::value).toList();
    }

    private static List<IPAddress> networks(Optional<List<String>> cidrs) {
        return cidrs.orElse(List.of()).stream()
                .map(cidr -> new IPAddressString(cidr).getAddress().toPrefixBlock())
                .toList();
    }
}
