package io.captchapipeline.schemas.event;

import org.jspecify.annotations.Nullable;

/// Anything that travels on a topic.
public sealed interface Event
        permits SubmitRequest,
                Admitted,
                Tick,
                Attempt,
                Submitted,
                Result,
                Overdue,
                Outcome,
                Report,
                Alert,
                DeliverySnapshot,
                FailureDigest,
                CallbackHealth,
                SolverHealth {

    /// The record's key: who asked, wherever that is known. Events of one key keep their order.
    @Nullable
    String key();

    default About about() {
        return About.NOTHING;
    }
}
