package io.captchapipeline.sandbox;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;

/// What the sandbox did, and what a user would have paid for.
///
/// @param accepted tasks made
/// @param callbacksSent requests made to pingbacks, repeats among them
/// @param callbacksAcknowledged those of them that were answered 2xx
/// @param polls questions for answers
/// @param byRequest by the request of a ticket, else by the path of the pingback
@JsonNaming(SnakeCaseStrategy.class)
public record TaskReport(
        long accepted,
        long solved,
        long failed,
        long callbacksSent,
        long callbacksAcknowledged,
        long polls,
        Map<String, Paid> byRequest) {

    /// @param attempts how many tasks were made for each attempt that a ticket named
    public record Paid(int accepted, Map<Integer, Integer> attempts) {}
}
