package io.captchapipeline.alerting.figures;

import java.time.Duration;

/// How long things matter.
///
/// @param timeout a task without a callback is missed after this
/// @param window of the rates
/// @param stalledAfter a solution without its outcome is alarming after this
/// @param keepTasks a settled task is forgotten after this
/// @param keepOutcomes an outcome is forgotten after this, as the pipeline forgets it
public record BookSettings(
        Duration timeout, Duration window, Duration stalledAfter, Duration keepTasks, Duration keepOutcomes) {
    public static final Duration STALLED_AFTER = Duration.ofSeconds(60);

    /// @param staleAfter how old a task without a callback has to be before it is alarming; it is remembered longer
    /// @param dedup how long the pipeline remembers an outcome
    public static BookSettings of(Duration timeout, Duration window, Duration staleAfter, Duration dedup) {
        var longest = window.compareTo(staleAfter) < 0 ? staleAfter : window;
        return new BookSettings(timeout, window, STALLED_AFTER, timeout.plus(longest), dedup);
    }
}
