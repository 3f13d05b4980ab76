package io.captchapipeline.ingress;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/// `application/x-www-form-urlencoded`, strictly: `+` is a blank, `%XX` is a byte, bytes are UTF-8, and what is
/// none of it is refused. Characters above 0x7F are raw bytes, as Netty hands them on.
final class FormDecoder {
    private FormDecoder() {}

    /// Every field in order, an empty value where there is no `=`.
    static void decode(String form, BiConsumer<String, String> field) {
        int start = 0;
        while (start < form.length()) {
            int end = form.indexOf('&', start);
            end = end < 0 ? form.length() : end;
            int equals = form.indexOf('=', start);
            equals = equals < 0 || equals > end ? end : equals;
            if (end > start) {
                field.accept(decoded(form, start, equals), decoded(form, Math.min(equals + 1, end), end));
            }
            start = end + 1;
        }
    }

    /// One component of a path, in which `+` is itself.
    static String decodePath(String path) {
        return path.indexOf('%') < 0 && isPlain(path, 0, path.length()) ? path : slowly(path, 0, path.length(), false);
    }

    private static String decoded(String form, int start, int end) {
        return isPlain(form, start, end) ? form.substring(start, end) : slowly(form, start, end, true);
    }

    private static boolean isPlain(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '%' || c == '+' || c > 0x7F) {
                return false;
            }
        }
        return true;
    }

    private static String slowly(String text, int start, int end, boolean plusIsBlank) {
        var bytes = ByteBuffer.allocate(end - start);
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.put(escaped(text, i, end));
                i += 2;
            } else if (c > 0xFF) {
                throw new Refused(Refusal.MALFORMED);
            } else {
                bytes.put((byte) (c == '+' && plusIsBlank ? ' ' : c));
            }
        }
        return utf8(bytes.flip());
    }

    private static byte escaped(String text, int at, int end) {
        if (at + 2 >= end) {
            throw new Refused(Refusal.MALFORMED);
        }
        int high = Character.digit(text.charAt(at + 1), 16);
        int low = Character.digit(text.charAt(at + 2), 16);
        if (high < 0 || low < 0 || text.charAt(at + 1) > 0x7F || text.charAt(at + 2) > 0x7F) {
            throw new Refused(Refusal.MALFORMED);
        }
        return (byte) (high << 4 | low);
    }

    private static String utf8(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new Refused(Refusal.MALFORMED);
        }
    }
}
