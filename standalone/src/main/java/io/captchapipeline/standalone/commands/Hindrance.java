package io.captchapipeline.standalone.commands;

import io.captchapipeline.schemas.event.Breaker;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.SolverHealth;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.UnreadableRecord;
import io.captchapipeline.schemas.wire.Wire;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Why the solver does not take what somebody waits for: what it said last, of a request or of our account.
final class Hindrance {

    private final Set<String> ids;
    private String words = "";

    /// @param ids of the requests that are waited for
    Hindrance(Set<String> ids) {
        this.ids = ids;
    }

    /// Empty when nothing is known to be in the way.
    String words() {
        return words;
    }

    void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            var news = news(record);
            words = news == null ? words : news;
        } catch (UnreadableRecord e) {
            // for whoever watches the topics
        }
    }

    private @Nullable String news(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(Topics.SOLVER_HEALTH.name())) {
            return news(Wire.decode(SolverHealth.class, record.value()));
        }
        var id = Printed.header(record, "request_id");
        if (id == null || !ids.contains(id)) {
            return null;
        }
        if (record.topic().equals(Topics.RESULTS.name())) {
            return news(Wire.decode(Result.class, record.value()));
        }
        return record.topic().equals(Topics.SUBMITTED.name()) ? "" : null;
    }

    private @Nullable String news(SolverHealth health) {
        if (health.breaker() == Breaker.CLOSED) {
            return words.startsWith("the solver refuses our account") ? "" : null;
        }
        return "the solver refuses our account: "
                + String.join(", ", health.refusals().keySet());
    }

    private static @Nullable String news(Result result) {
        return result instanceof Result.Failed failed && failed.mayBeAskedAgain()
                ? failed.error() + (failed.errorDetail() == null ? "" : ", " + failed.errorDetail())
                : null;
    }
}
