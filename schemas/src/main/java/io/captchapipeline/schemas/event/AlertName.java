package io.captchapipeline.schemas.event;

import com.fasterxml.jackson.annotation.JsonValue;

/// What operators are told of.
public enum AlertName {
    STALE_CALLBACKS("StaleCallbacks", Severity.WARNING),
    HIGH_ERROR_RATE("HighErrorRate", Severity.CRITICAL),
    SLOW_CALLBACKS("SlowCallbacks", Severity.WARNING),
    LOW_DELIVERY_RATE("LowDeliveryRate", Severity.CRITICAL),
    ENDPOINT_DOWN("EndpointDown", Severity.CRITICAL),
    LOW_BALANCE("LowBalance", Severity.WARNING),
    SOLVER_REFUSING("SolverRefusing", Severity.CRITICAL),
    DEAD_LETTERS("DeadLetters", Severity.WARNING),
    OUTCOMES_STALLED("OutcomesStalled", Severity.CRITICAL),
    HIGH_FAILURE_RATE("HighFailureRate", Severity.CRITICAL),
    KAFKA_UNREACHABLE("KafkaUnreachable", Severity.CRITICAL);

    private final String wire;
    private final Severity severity;

    AlertName(String wire, Severity severity) {
        this.wire = wire;
        this.severity = severity;
    }

    /// As it is written on the wire and in mail subjects.
    @JsonValue
    public String wire() {
        return wire;
    }

    public Severity severity() {
        return severity;
    }
}
