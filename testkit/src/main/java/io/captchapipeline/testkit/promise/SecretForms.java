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
        shapes.put("as it is", latin(bytes));
        shapes.put("URL-encoded", urlEncoded);
        shapes.put("URL-encoded, blanks as %20", urlEncoded.replace("+", "%20"));
        shapes.put("URL-encoded, lower-case", lowerEscapes(urlEncoded));
        shapes.put(
                "in JSON",
                latin(secret.replace("\\", "\\\\").replace("\"", "\\\"").getBytes(UTF_8)));
        shapes.put("in JSON, slashes escaped", latin(secret.replace("/", "\\/").getBytes(UTF_8)));
        shapes.put("hex", HexFormat.of().formatHex(bytes));
        shapes.put("hex, upper-case", HexFormat.of().withUpperCase().formatHex(bytes));
    }

    /// The shape in which the secret stands there.
    Optional<String> in(byte[] where) {
        var text = latin(where);
        return shapes.entrySet().stream()
                .filter(shape -> text.contains(shape.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// Whatever stood before it: of each of the three alignments only what the neighbours cannot change.
    private void add(String name, byte[] bytes, Base64.Encoder encoder) {
        for (var skipped = 0; skipped < BASE64_GROUP; skipped++) {
            var whole = (bytes.length - skipped) / BASE64_GROUP * BASE64_GROUP;
            var core = Arrays.copyOfRange(bytes, skipped, skipped + whole);
            shapes.put(name + " after " + skipped, encoder.encodeToString(core));
        }
    }

    private static String lowerEscapes(String urlEncoded) {
        return Pattern.compile("%[0-9A-F]{2}")
                .matcher(urlEncoded)
                .replaceAll(escape -> escape.group().toLowerCase(Locale.ROOT));
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
