package io.captchapipeline.schemas.event;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The requests that failed from `from` to `to`, by route and error, the most frequent first.
@JsonPropertyOrder({"from", "to", "failed", "lines"})
public record FailureDigest(Instant from, Instant to, long failed, List<Line> lines) implements Event {
    /// How many failed with one error on one route, and some of them by name. No route: those that named none.
    public record Line(@Nullable Route route, String error, long count, List<RequestId> requestIds) {
        public Line {
            Rules.notBlank(error, "error");
            requestIds = requestIds == null ? List.of() : List.copyOf(requestIds);
        }
    }

    public FailureDigest {
        Rules.required(from, "from");
        Rules.required(to, "to");
        lines = lines == null ? List.of() : List.copyOf(lines);
    }

    @Override
    public String key() {
        return to.toString();
    }
}
