package io.captchapipeline.sandbox;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// An entry as a line: eight hex digits of a checksum, a blank, JSON, a line feed.
final class JournalLine {
    private static final int CHECKSUM = 8;
    private static final HexFormat HEX = HexFormat.of();

    private JournalLine() {}

    static void write(Entry entry, OutputStream out) throws IOException {
        byte[] json = Json.bytes(entry);
        out.write(HEX.toHexDigits(checksum(json, 0, json.length)).getBytes(US_ASCII));
        out.write(' ');
        out.write(json);
        out.write('\n');
    }

    /// Null where these bytes, a line without its line feed, are not what was once written.
    static @Nullable Entry read(byte[] line) throws IOException {
        int start = CHECKSUM + 1;
        if (line.length <= start || line[CHECKSUM] != ' ') {
            return null;
        }
        var claimed = new String(line, 0, CHECKSUM, US_ASCII);
        return claimed.equals(HEX.toHexDigits(checksum(line, start, line.length - start)))
                ? Json.read(line, start, line.length - start, Entry.class)
                : null;
    }

    private static int checksum(byte[] bytes, int from, int length) {
        var checksum = new CRC32C();
        checksum.update(bytes, from, length);
        return (int) checksum.getValue();
    }
}
