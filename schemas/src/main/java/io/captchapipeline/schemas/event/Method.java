package io.captchapipeline.schemas.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// The kind of CAPTCHA, as the solver calls it: `userrecaptcha`, `turnstile`, `base64` ...
public record Method(@JsonValue String value) {
    private static final IdForm FORM = new IdForm("[A-Za-z0-9._-]", 64);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Method {
        FORM.check(value, "method");
    }

    @Override
    public String toString() {
        return value;
    }
}
