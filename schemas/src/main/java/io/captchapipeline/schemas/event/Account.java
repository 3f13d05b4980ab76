package io.captchapipeline.schemas.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// The alias of an account at a solver; never its key.
public record Account(@JsonValue String value) {
    private static final IdForm FORM = new IdForm("[A-Za-z0-9._-]", 64);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Account {
        FORM.check(value, "account");
    }

    @Override
    public String toString() {
        return value;
    }
}
