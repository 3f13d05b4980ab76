package io.captchapipeline.ingress;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who may call back. A proxy's word for whom it speaks counts only where the proxy itself is trusted; where
/// two headers speak, both must name an address that is allowed.
final class Callers {
    private static final int LONGEST_ADDRESS = 64;
    private static final Pattern NUMERIC = Pattern.compile("[0-9A-Fa-f.:]+");

    private final List<IPAddress> allowed;
    private final List<IPAddress> trustedProxies;

    /// @param allowed networks that may call; none listed is everybody
    /// @param trustedProxies networks whose word is believed
    Callers(List<IPAddress> allowed, List<IPAddress> trustedProxies) {
        this.allowed = List.copyOf(allowed);
        this.trustedProxies = List.copyOf(trustedProxies);
    }

    boolean admitEverybody() {
        return allowed.isEmpty();
    }

    /// @param peer the address at the other end of the connection
    /// @param forwardedFor all `X-Forwarded-For` headers, as they came
    /// @param forwarded all `Forwarded` headers, as they came
    boolean admit(String peer, List<String> forwardedFor, List<String> forwarded) {
        if (allowed.isEmpty()) {
            return true;
        }
        var address = address(peer);
        if (forwardedFor.isEmpty() && forwarded.isEmpty()) {
            return isAllowed(address);
        }
        return (forwardedFor.isEmpty() || isAllowed(client(address, elements(forwardedFor))))
                && (forwarded.isEmpty() || isAllowed(client(address, forNames(elements(forwarded)))));
    }

    /// The nearest address, from our end of the chain, that is no trusted proxy; null when it cannot be read.
    private @Nullable IPAddress client(@Nullable IPAddress peer, List<String> chain) {
        var client = peer;
        for (int i = chain.size() - 1; i >= 0 && client != null && isIn(trustedProxies, client); i--) {
            client = address(chain.get(i));
        }
        return client;
    }

    private boolean isAllowed(@Nullable IPAddress address) {
        return address != null && isIn(allowed, address);
    }

    private static boolean isIn(List<IPAddress> networks, IPAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static List<String> elements(List<String> headers) {
        var elements = new ArrayList<String>();
        for (var header : headers) {
            for (var element : header.split(",", -1)) {
                elements.add(element.strip());
            }
        }
        return elements;
    }

    /// The `for=` of each element of a `Forwarded` header; empty where an element has none.
    private static List<String> forNames(List<String> elements) {
        return elements.stream().map(Callers::forName).toList();
    }

    private static String forName(String element) {
        for (var pair : element.split(";", -1)) {
            var stripped = pair.strip();
            if (stripped.regionMatches(true, 0, "for=", 0, 4)) {
                return stripped.substring(4).replace("\"", "");
            }
        }
        return "";
    }

    /// An address with or without brackets and port, without zone; an IPv4 address that IPv6 carries is itself.
    private static @Nullable IPAddress address(String text) {
        if (text.isEmpty() || text.length() > LONGEST_ADDRESS) {
            return null;
        }
        var host = text;
        int zone = host.indexOf('%');
        host = zone < 0 ? host : host.substring(0, zone);
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            host = end < 0 ? host.substring(1) : host.substring(1, end);
        } else if (host.indexOf(':') == host.lastIndexOf(':') && host.indexOf('.') > 0 && host.indexOf(':') > 0) {
            host = host.substring(0, host.indexOf(':'));
        }
        return NUMERIC.matcher(host).matches() ? plain(new IPAddressString(host)) : null;
    }

    private static @Nullable IPAddress plain(IPAddressString text) {
        var address = text.getAddress();
        if (address == null || address.isMultiple() || address.isPrefixed()) {
            return null;
        }
        return address.isIPv6()
                        && address.toIPv6().isIPv4Convertible()
                        && address.toIPv6().isIPv4Mapped()
                ? address.toIPv4()
                : address;
    }
}
