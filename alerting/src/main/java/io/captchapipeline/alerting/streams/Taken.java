package io.captchapipeline.alerting.streams;

import io.captchapipeline.alerting.figures.Sighting;
import io.captchapipeline.alerting.judge.Figure;

/// What the intake makes of a record, by where it goes.
sealed interface Taken {
    /// To the one who keeps the book of this task or request.
    record Seen(Sighting sighting) implements Taken {}

    /// To the one who judges.
    record Known(Figure figure) implements Taken {}

    /// To the clock, and back.
    record Ticked(Tick tick) implements Taken {}
}
