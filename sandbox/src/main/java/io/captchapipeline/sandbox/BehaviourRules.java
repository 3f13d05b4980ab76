package io.captchapipeline.sandbox;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.captchapipeline.schemas.solver.SolverCode;
import io.captchapipeline.schemas.solver.SolverCode.Meaning;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What the fields of a behaviour may be.
final class BehaviourRules {
    private static final int LONGEST_MS = 3_600_000;
    private static final BigDecimal LARGEST_BALANCE = new BigDecimal(1_000_000);
    private static final int BALANCE_DIGITS = 5;
    private static final Rule RATE = new Rule(BehaviourRules::isRate, "a number from 0 to 1");

    private static final Map<String, Rule> RULES = Map.ofEntries(
            entry("solve_ms", new Rule(BehaviourRules::isSpan, "[min,max], milliseconds from 0 to " + LONGEST_MS)),
            entry("fail_rate", RATE),
            entry("error_code", new Rule(BehaviourRules::isError, "an error code of the solver's protocol")),
            entry("drop_callback_rate", RATE),
            entry("duplicate_rate", RATE),
            entry("conflict_rate", RATE),
            entry("callback_before_reply_rate", RATE),
            entry("lose_reply_rate", RATE),
            entry("no_slot_rate", RATE),
            entry("http_500_rate", RATE),
            entry("reply_delay_ms", new Rule(BehaviourRules::isMillis, "milliseconds from 0 to " + LONGEST_MS)),
            entry("callback_method", new Rule(BehaviourRules::isMethod, "GET or POST")),
            entry(
                    "balance",
                    new Rule(BehaviourRules::isBalance, "a number from 0 to 1000000 of at most five decimals")),
            entry("seed", new Rule(BehaviourRules::isLong, "a whole number of 64 bits")));

    private BehaviourRules() {}

    private record Rule(Predicate<JsonNode> holds, String expected) {}

    static void check(JsonNode changes) {
        if (!changes.isObject()) {
            throw new InvalidBehaviour(List.of("a behaviour is a JSON object"));
        }
        var problems = changes.properties().stream()
                .flatMap(field -> problem(field.getKey(), field.getValue()))
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidBehaviour(problems);
        }
    }

    private static Stream<String> problem(String name, JsonNode value) {
        var rule = RULES.get(name);
        if (rule == null) {
            return Stream.of(name + " is not a field of a behaviour, which are "
                    + String.join(", ", new TreeSet<>(RULES.keySet())));
        }
        return rule.holds().test(value) ? Stream.empty() : Stream.of(name + " must be " + rule.expected());
    }

    private static boolean isRate(JsonNode value) {
        return value.isNumber() && value.doubleValue() >= 0 && value.doubleValue() <= 1;
    }

    private static boolean isLong(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong();
    }

    private static boolean isMillis(JsonNode value) {
        return isLong(value) && value.canConvertToInt() && value.intValue() >= 0 && value.intValue() <= LONGEST_MS;
    }

    private static boolean isSpan(JsonNode value) {
        return value.isArray()
                && value.size() == 2
                && isMillis(value.get(0))
                && isMillis(value.get(1))
                && value.get(0).intValue() <= value.get(1).intValue();
    }

    private static boolean isError(JsonNode value) {
        return value.isTextual()
                && SolverCode.isCode(value.textValue())
                && SolverCode.of(value.textValue()).meaning() != Meaning.NOT_READY;
    }

    private static boolean isMethod(JsonNode value) {
        return value.isTextual()
                && Stream.of(CallbackMethod.values()).anyMatch(m -> m.name().equals(value.textValue()));
    }

    private static boolean isBalance(JsonNode value) {
        return value.isNumber()
                && value.decimalValue().signum() >= 0
                && value.decimalValue().compareTo(LARGEST_BALANCE) <= 0
                && value.decimalValue().stripTrailingZeros().scale() <= BALANCE_DIGITS;
    }
}
