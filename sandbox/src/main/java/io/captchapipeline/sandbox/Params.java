package io.captchapipeline.sandbox;

import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parameters of one request, from its query and its body. Where one is given twice, the last counts.
///
/// @param readable false where the body or the query could not be decoded
/// @param tooLarge where the body was longer than any submission is
record Params(Map<String, String> fields, Map<String, Upload> uploads, boolean readable, boolean tooLarge) {
    /// A file of a multipart form.
    record Upload(String fileName, ByteBuffer bytes) {}

    /// Null where it is not given.
    @Nullable
    String get(String name) {
        return fields.get(name);
    }

    /// Whether it is given, and says something.
    boolean has(String name) {
        var value = fields.get(name);
        return value != null && !value.isBlank();
    }

    boolean is(String name, String value) {
        return value.equals(fields.get(name));
    }

    @Nullable
    Upload upload(String name) {
        return uploads.get(name);
    }

    boolean wantsJson() {
        return is("json", "1");
    }

    /// Whether it carries a key as the protocol knows them: any 32 characters.
    boolean hasKey() {
        var key = fields.get("key");
        return key != null && key.length() == 32;
    }
}
