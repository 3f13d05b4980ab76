package io.captchapipeline.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// The solution of a task in the forms in which it is told.
///
/// @param plain behind `OK|` and in a callback's `code`
/// @param json in `request`
/// @param siblings beside `request`, where a method has such
record Answer(String plain, JsonNode json, Map<String, String> siblings) {
    static Answer text(String text) {
        return new Answer(text, Json.tree(text), Map.of());
    }

    /// JSON in either form.
    static Answer structure(JsonNode json) {
        return new Answer(json.toString(), json, Map.of());
    }

    /// A solution is a secret.
    @Override
    public String toString() {
        return "***";
    }
}
