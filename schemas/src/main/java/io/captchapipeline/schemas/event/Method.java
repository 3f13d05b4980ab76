package io.captchapipeline.schemas.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/// The kind of CAPTCHA, as the solver calls it: `userrecaptcha`, `turnstile`, `base64` ...
public record Method(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Method {
        Rules.matching(value, FORM, "method");
    }

    @Override
    public String toString() {
        return value;
    }
}
