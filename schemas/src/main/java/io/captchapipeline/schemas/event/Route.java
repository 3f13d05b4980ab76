package io.captchapipeline.schemas.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;
import java.util.regex.Pattern;

/// Where an outcome is to go, in the words of the scraper that asked.
public record Route(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9-]{1,40}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Route {
        Rules.matching(value, FORM, "route");
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
