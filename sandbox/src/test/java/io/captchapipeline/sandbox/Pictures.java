package io.captchapipeline.sandbox;

import java.util.Base64;

/// Bytes that begin like a picture.
final class Pictures {
    private Pictures() {}

    static byte[] png(int bytes) {
        var picture = new byte[bytes];
        picture[0] = (byte) 0x89;
        picture[1] = 'P';
        picture[2] = 'N';
        picture[3] = 'G';
        return picture;
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
