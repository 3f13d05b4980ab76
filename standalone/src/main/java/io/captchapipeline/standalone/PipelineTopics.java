package io.captchapipeline.standalone;

import io.captchapipeline.kit.kafka.TopicAdmin;
import io.captchapipeline.kit.kafka.TopicState;
import io.captchapipeline.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;

/// The topics of the pipeline at one broker.
record PipelineTopics(TopicAdmin admin, List<Topic<?>> wanted) {

    private static final Duration PROPAGATION = Duration.ofSeconds(10);

    /// Creates what is missing, and returns when the broker that was asked shows it: the controller knows first.
    List<String> create() {
        var created = admin.create(wanted);
        if (!created.isEmpty()) {
            Waiting.until(() -> describe().stream().allMatch(TopicState::exists), PROPAGATION);
        }
        return created;
    }

    List<TopicState> describe() {
        return admin.describe(wanted);
    }
}
