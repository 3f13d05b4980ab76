package io.captchapipeline.router.ledger;

import java.time.Instant;

/// The latest refusal of the running attempt: when solver-submitter got it, by its own clock, and the solver's word.
public record Refusal(Instant at, String error) {}
