package io.captchapipeline.schemas.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;

/// Where an outcome is to go, in the words of the scraper that asked.
public record Route(@JsonValue String value) {
    private static final IdForm FORM = new IdForm("[a-z0-9-]", 40);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Route {
        FORM.check(value, "route");
    }

    /// Who writes JSON by hand writes digits without quotes.
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Route ofDigits(BigInteger digits) {
        return new Route(digits.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
