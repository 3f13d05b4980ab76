package io.captchapipeline.schemas.ticket;

import io.captchapipeline.schemas.event.InvalidEvent;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Route;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Mints and checks tickets. The text of one is safe in the path of a URL:
///
/// `v1~REQUEST_ID~ATTEMPT~METHOD~ROUTE~MINTED~EXPIRES~SIGNATURE`
///
/// Fields that a ticket has not are empty; times are seconds since 1970; the signature is base64url, without
/// padding, of the first 16 bytes of the HMAC-SHA256 of all that stands before its `~`. docs/tickets.md has a test
/// vector.
public final class Tickets {
    /// The longest text that can be a ticket.
    public static final int MOST_CHARACTERS = 320;

    private static final String ALGORITHM = "HmacSHA256";
    private static final String VERSION = "v1";
    private static final char SEPARATOR = '~';
    private static final int FIELDS = 7;
    private static final int SIGNATURE_BYTES = 16;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final List<Mac> keys;

    private Tickets(List<Mac> keys) {
        this.keys = keys;
    }

    /// The first secret signs, all of them are accepted.
    public static Tickets signedWith(List<String> secrets) {
        if (secrets.isEmpty() || secrets.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("tickets need a secret that is not empty");
        }
        return new Tickets(secrets.stream().map(Tickets::keyed).toList());
    }

    /// The text of a ticket.
    public String mint(Ticket ticket) {
        var unsigned = unsigned(ticket);
        return unsigned + SEPARATOR + signature(keys.get(0), unsigned);
    }

    /// Whether a text is a ticket of ours that is good at this time.
    public Verdict check(String text, Instant now) {
        int end = text.lastIndexOf(SEPARATOR);
        if (end < 0 || text.length() > MOST_CHARACTERS || !isSigned(text.substring(0, end), text.substring(end + 1))) {
            return new Verdict.Forged();
        }
        var ticket = read(text.substring(0, end).split("~", -1));
        if (ticket == null) {
            return new Verdict.Forged();
        }
        var expires = ticket.expires();
        return expires != null && now.isAfter(expires) ? new Verdict.Expired() : new Verdict.Good(ticket);
    }

    private boolean isSigned(String unsigned, String claimed) {
        byte[] claim = claimed.getBytes(StandardCharsets.UTF_8);
        boolean signed = false;
        for (var key : keys) {
            byte[] own = signature(key, unsigned).getBytes(StandardCharsets.UTF_8);
            signed |= MessageDigest.isEqual(own, claim);
        }
        return signed;
    }

    private static String unsigned(Ticket ticket) {
        if (ticket instanceof Ticket.ForRequest t) {
            return joined(
                    t.requestId().value(),
                    Integer.toString(t.attempt()),
                    t.method().value(),
                    t);
        }
        return joined("", "", "", ticket);
    }

    private static String joined(String requestId, String attempt, String method, Ticket ticket) {
        var route = ticket.route();
        var expires = ticket.expires();
        return String.join(
                String.valueOf(SEPARATOR),
                VERSION,
                requestId,
                attempt,
                method,
                route == null ? "" : route.value(),
                seconds(ticket.minted()),
                expires == null ? "" : seconds(expires));
    }

    /// The ticket that these fields make; null when they make none, as those of a later version.
    private static @Nullable Ticket read(String[] fields) {
        if (fields.length != FIELDS || !fields[0].equals(VERSION)) {
            return null;
        }
        try {
            var route = fields[4].isEmpty() ? null : new Route(fields[4]);
            var minted = time(fields[5]);
            var expires = fields[6].isEmpty() ? null : time(fields[6]);
            if (fields[1].isEmpty()) {
                return new Ticket.ForRoute(route, minted, expires);
            }
            return expires == null
                    ? null
                    : new Ticket.ForRequest(
                            new RequestId(fields[1]),
                            Integer.parseInt(fields[2]),
                            new Method(fields[3]),
                            route,
                            minted,
                            expires);
        } catch (InvalidEvent | NumberFormatException e) {
            return null;
        }
    }

    private static String seconds(Instant time) {
        return Long.toString(time.getEpochSecond());
    }

    private static Instant time(String seconds) {
        return Instant.ofEpochSecond(Long.parseLong(seconds));
    }

    private static String signature(Mac key, String text) {
        byte[] signature = copy(key).doFinal(text.getBytes(StandardCharsets.UTF_8));
        return BASE64.encodeToString(Arrays.copyOf(signature, SIGNATURE_BYTES));
    }

    /// A `Mac` serves one thread at a time.
    private static Mac copy(Mac key) {
        try {
            return (Mac) key.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(ALGORITHM + " of this JDK cannot be copied", e);
        }
    }

    private static Mac keyed(String secret) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
        }
    }
}
