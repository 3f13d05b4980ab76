package io.captchapipeline.schemas.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/// The alias of an account at a solver; never its key.
public record Account(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Account {
        Rules.matching(value, FORM, "account");
    }

    @Override
    public String toString() {
        return value;
    }
}
