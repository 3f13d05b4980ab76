package io.captchapipeline.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.captchapipeline.schemas.solver.SolverCode;
import java.math.BigDecimal;
import java.util.List;

/// How the sandbox behaves: what goes wrong, and how often. A rate is a probability from 0 to 1.
///
/// @param solveMs the shortest and the longest time that a task takes
/// @param failRate how often a submission ends with `errorCode` in place of an answer
/// @param errorCode one about the account is the reply to the submission, which is then not accepted; any other is
///     what became of an accepted task
/// @param dropCallbackRate how often a task is never called back
/// @param duplicateRate how often a callback comes twice
/// @param conflictRate how often a callback is followed by one with another answer
/// @param callbackBeforeReplyRate how often a callback was sent and answered before the submission's reply goes out
/// @param loseReplyRate how often a submission is accepted and its connection reset
/// @param noSlotRate how often a submission is refused with ERROR_NO_SLOT_AVAILABLE
/// @param http500Rate how often a request is answered with status 500; a submission is then as often accepted as not
/// @param replyDelayMs how long the reply to every submission is held back
/// @param balance what is left on the account
/// @param seed of all dice
@JsonNaming(SnakeCaseStrategy.class)
public record Behaviour(
        List<Integer> solveMs,
        double failRate,
        String errorCode,
        double dropCallbackRate,
        double duplicateRate,
        double conflictRate,
        double callbackBeforeReplyRate,
        double loseReplyRate,
        double noSlotRate,
        @JsonProperty("http_500_rate") double http500Rate,
        int replyDelayMs,
        CallbackMethod callbackMethod,
        BigDecimal balance,
        long seed) {

    public static final Behaviour DEFAULT = new Behaviour(
            List.of(1000, 3000),
            0,
            SolverCode.UNSOLVABLE,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            CallbackMethod.GET,
            BigDecimal.TEN,
            0);

    public Behaviour {
        solveMs = List.copyOf(solveMs);
    }

    /// With one field changed, named as on the wire: `with("fail_rate", 0.5)`.
    ///
    /// @throws InvalidBehaviour if there is no such field, or it cannot have this value
    public Behaviour with(String field, Object value) {
        return merged(Json.object().set(field, Json.tree(value)));
    }

    /// With all fields of a JSON object changed.
    ///
    /// @throws InvalidBehaviour naming every field that is wrong
    Behaviour merged(JsonNode changes) {
        BehaviourRules.check(changes);
        var whole = (ObjectNode) Json.tree(this);
        changes.properties().forEach(change -> whole.set(change.getKey(), change.getValue()));
        return Json.fromTree(whole, Behaviour.class);
    }

    Behaviour paid(BigDecimal amount) {
        return withBalance(balance.subtract(amount));
    }

    Behaviour refunded(BigDecimal amount) {
        return withBalance(balance.add(amount));
    }

    private Behaviour withBalance(BigDecimal left) {
        return new Behaviour(
                solveMs,
                failRate,
                errorCode,
                dropCallbackRate,
                duplicateRate,
                conflictRate,
                callbackBeforeReplyRate,
                loseReplyRate,
                noSlotRate,
                http500Rate,
                replyDelayMs,
                callbackMethod,
                left,
                seed);
    }
}
