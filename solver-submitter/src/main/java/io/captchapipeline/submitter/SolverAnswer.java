package io.captchapipeline.submitter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// The body of a solver's reply, in whichever of the protocol's forms it came: JSON, or plain text although JSON was
/// asked for.
sealed interface SolverAnswer {
    /// `OK|VALUE`, or JSON with status 1. A secret when it is a solution: it prints without its value.
    ///
    /// @param extra what stands beside the value, such as a user agent; null when nothing does
    /// @param isPlain whether it came as text, in which a price cannot be told from a value
    record Granted(
            JsonNode value,
            @Nullable ObjectNode extra,
            @Nullable BigDecimal price,
            boolean isPlain) implements SolverAnswer {
        @Override
        public String toString() {
            return "Granted[***]";
        }
    }

    /// A code, plain or in JSON with status 0.
    ///
    /// @param detail the solver's sentence about it, if there is one
    record Coded(String code, @Nullable String detail) implements SolverAnswer {}

    /// A short text by itself, as plain balances and reports are answered.
    record Bare(String text) implements SolverAnswer {
        @Override
        public String toString() {
            return "Bare[***]";
        }
    }

    /// A page of HTML, half a document, nothing at all.
    record Unknown(String why) implements SolverAnswer {}
}
