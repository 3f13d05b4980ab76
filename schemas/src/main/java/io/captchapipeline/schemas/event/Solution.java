package io.captchapipeline.schemas.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/// What the solver answered: a string at most methods, the solver's own JSON at some. A secret: it prints as `***`.
public record Solution(@JsonValue JsonNode value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Solution {
        if (Rules.required(value, "solution").isNull()) {
            throw new InvalidEvent("solution is missing");
        }
    }

    public static Solution of(String text) {
        return new Solution(TextNode.valueOf(text));
    }

    /// The string as it is, any other JSON as its text.
    public String text() {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    @Override
    public String toString() {
        return "***";
    }
}
