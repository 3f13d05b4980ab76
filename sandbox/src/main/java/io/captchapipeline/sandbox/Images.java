package io.captchapipeline.sandbox;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What the solver finds wrong with pictures. Where vendors differ in how large or small one may be, the widest limits
/// hold.
final class Images {
    static final int LEAST_BYTES = 100;
    static final int MOST_BYTES = 1024 * 1024;

    private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "gif");
    private static final List<byte[]> BEGINNINGS = List.of(
            HexFormat.of().parseHex("ffd8ff"),
            HexFormat.of().parseHex("89504e47"),
            HexFormat.of().parseHex("47494638"));
    private static final int PARTS_OF_BLS = 9;

    private Images() {}

    /// Of a picture in `file` or in `body`, as the method says.
    static @Nullable String problem(Params params) {
        if (params.is("method", "base64")) {
            return encoded(params.get("body"));
        }
        var file = params.upload("file");
        if (file == null) {
            return params.has("body") ? encoded(params.get("body")) : Codes.EMPTY_FILE;
        }
        return hasWrongExtension(file.fileName())
                ? Codes.FILE_EXTENSION
                : decoded(file.bytes().array());
    }

    /// Of the nine pictures of a BLS task, data URIs as the documentation shows them.
    static @Nullable String problemOfBls(Params params) {
        return IntStream.rangeClosed(1, PARTS_OF_BLS)
                .mapToObj(i -> params.get("image_base64_" + i))
                .map(part -> part == null ? Codes.BAD_PARAMETERS : encoded(withoutDataUri(part)))
                .filter(problem -> problem != null)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String encoded(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return Codes.EMPTY_FILE;
        }
        try {
            return decoded(Base64.getDecoder().decode(text.replace("\r", "").replace("\n", "")));
        } catch (IllegalArgumentException e) {
            return Codes.UPLOAD;
        }
    }

    private static @Nullable String decoded(byte[] bytes) {
        if (bytes.length < LEAST_BYTES) {
            return Codes.EMPTY_FILE;
        }
        if (bytes.length > MOST_BYTES) {
            return Codes.TOO_BIG_FILE;
        }
        return BEGINNINGS.stream().anyMatch(b -> Arrays.equals(b, Arrays.copyOf(bytes, b.length)))
                ? null
                : Codes.IMAGE_TYPE;
    }

    private static String withoutDataUri(String text) {
        int comma = text.indexOf(',');
        return text.startsWith("data:") && comma > 0 ? text.substring(comma + 1) : text;
    }

    private static boolean hasWrongExtension(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot >= 0 && !EXTENSIONS.contains(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
    }
}
