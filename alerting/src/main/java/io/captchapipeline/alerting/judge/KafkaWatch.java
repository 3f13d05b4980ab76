package io.captchapipeline.alerting.judge;

import io.captchapipeline.schemas.event.Alert;
import io.captchapipeline.schemas.event.AlertName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Judges the one alert that no topic can carry, by what this instance sees. It remembers nothing beyond its process.
public final class KafkaWatch {
    private final Thresholds thresholds;
    private final AlertLog log;
    private AlertLog.@Nullable State state;

    public KafkaWatch(Thresholds thresholds, Duration repeat) {
        this.thresholds = thresholds;
        this.log = new AlertLog(repeat);
    }

    /// @param awaySince since when the brokers do not answer
    /// @return what is to be told
    public Optional<Alert> look(Instant now, @Nullable Instant awaySince) {
        var judgement = Rules.judge(AlertName.KAFKA_UNREACHABLE, Situation.withoutKafka(now, awaySince), thresholds);
        var step = log.next(AlertName.KAFKA_UNREACHABLE, state, judgement, now);
        state = step.next();
        return step.told();
    }
}
