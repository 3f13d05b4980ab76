package io.captchapipeline.testkit.promise;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// One secret, and the shapes in which it would still be read. All are Latin-1 views of bytes.
final class SecretForms {
    private static final int SHORTEST = 8;
    private static final int BASE64_GROUP = 3;

    /// To what they are called. Many secrets look the same in several of them.
    private final Map<String, String> shapes = new LinkedHashMap<>();

    SecretForms(String secret) {
        if (secret.length() < SHORTEST) {
            throw new IllegalArgumentException(
                    "a secret of fewer than " + SHORTEST + " characters is found by accident");
        }
        var bytes = secret.getBytes(UTF_8);
        add("base64", bytes, Base64.getEncoder());
        add("base64url", bytes, Base64.getUrlEncoder());
        var urlEncoded = URLEncoder.encode(secret, UTF_8);
        add("as it is", readable(bytes));
        add("URL-encoded", urlEncoded);
        add("URL-encoded, blanks as %20", urlEncoded.replace("+", "%20"));
        add("URL-encoded, lower-case", lowerEscapes(urlEncoded));
        add(
                "in JSON",
                readable(secret.replace("\\", "\\\\").replace("\"", "\\\"").getBytes(UTF_8)));
        add("in JSON, slashes escaped", readable(secret.replace("/", "\\/").getBytes(UTF_8)));
        add("hex", HexFormat.of().formatHex(bytes));
        add("hex, upper-case", HexFormat.of().withUpperCase().formatHex(bytes));
    }

    /// The shape in which the secret stands there.
    ///
    /// @param text readable
    Optional<String> in(String text) {
        return shapes.entrySet().stream()
                .filter(shape -> text.contains(shape.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /// As secrets can be searched for in it.
    static String readable(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    private void add(String name, String shape) {
        shapes.putIfAbsent(shape, name);
    }

    /// Whatever stood before it: of each of the three alignments only what the neighbours cannot change.
    private void add(String name, byte[] bytes, Base64.Encoder encoder) {
        for (var skipped = 0; skipped < BASE64_GROUP; skipped++) {
            var whole = (bytes.length - skipped) / BASE64_GROUP * BASE64_GROUP;
            var core = Arrays.copyOfRange(bytes, skipped, skipped + whole);
            add(name + " after " + skipped, encoder.encodeToString(core));
        }
    }

    private static String lowerEscapes(String urlEncoded) {
        return Pattern.compile("%[0-9A-F]{2}")
                .matcher(urlEncoded)
                .replaceAll(escape -> escape.group().toLowerCase(Locale.ROOT));
    }
}
