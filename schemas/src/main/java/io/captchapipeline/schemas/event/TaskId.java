package io.captchapipeline.schemas.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;

/// The name that the solver gives a task. Opaque: digits at most solvers, UUIDs at some.
public record TaskId(@JsonValue String value) {
    private static final IdForm FORM = new IdForm("[A-Za-z0-9._:-]", 128);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TaskId {
        FORM.check(value, "task_id");
    }

    /// Who writes JSON by hand writes digits without quotes.
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static TaskId ofDigits(BigInteger digits) {
        return new TaskId(digits.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
