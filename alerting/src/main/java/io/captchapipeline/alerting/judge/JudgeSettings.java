package io.captchapipeline.alerting.judge;

import java.time.Duration;
import java.util.Optional;

/// @param partitions of the tasks' figures; without all of them nothing is judged
/// @param interval between two judgements
/// @param repeat a firing alert is told again after this
/// @param digest how often failed requests are told of; never, where it is empty
public record JudgeSettings(
        int partitions, Duration interval, Duration repeat, Optional<Duration> digest, Thresholds thresholds) {}
