package io.captchapipeline.router.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.captchapipeline.schemas.event.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// An outcome as it is told: the JSON of its record, without the solution once that has been worthless for a while.
public final class Told {

    /// A solution is told for this long after it expired.
    static final Duration KEPT_EXPIRED = Duration.ofMinutes(10);

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    private static final String EXPIRED = "expired";

    private Told() {}

    /// What is told of it at this time.
    public static byte[] at(Instant now, byte[] outcome) {
        var json = read(outcome);
        var expiresAt = json.path("expires_at").asText("");
        return expiresAt.isEmpty()
                        || json.has(EXPIRED)
                        || now.isBefore(Instant.parse(expiresAt).plus(KEPT_EXPIRED))
                ? outcome
                : withoutSolution(outcome);
    }

    /// When the solution is to be forgotten; never where it does not expire.
    static Optional<Instant> forgottenAt(Outcome outcome) {
        return outcome instanceof Outcome.Solved solved
                ? Optional.ofNullable(solved.expiresAt()).map(expiry -> expiry.plus(KEPT_EXPIRED))
                : Optional.empty();
    }

    static byte[] withoutSolution(byte[] outcome) {
        var json = read(outcome);
        json.remove("solution");
        json.remove("solution_extra");
        json.put(EXPIRED, true);
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an outcome cannot be written", e);
        }
    }

    private static ObjectNode read(byte[] outcome) {
        try {
            return (ObjectNode) MAPPER.readTree(outcome);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "an outcome cannot be read: " + e.getClass().getSimpleName());
        }
    }
}
