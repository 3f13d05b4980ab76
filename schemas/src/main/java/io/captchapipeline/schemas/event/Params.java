package io.captchapipeline.schemas.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;

/// What the solver needs to know of a CAPTCHA, open to every parameter of every method. Prints its names only:
/// among the values are proxy passwords, cookies and images.
public record Params(@JsonValue Map<String, String> values) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Params {
        values = Rules.copy(Rules.required(values, "params"), "params");
    }

    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
