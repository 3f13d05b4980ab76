package io.captchapipeline.kit;

import io.captchapipeline.schemas.topic.ServiceContract;
import io.captchapipeline.schemas.topic.Topic;

/// A service asked for a topic that the pipeline's map does not give it.
public final class ForbiddenTopic extends RuntimeException {

    private static final long serialVersionUID = 1;

    private ForbiddenTopic(String message) {
        super(message);
    }

    public static void refuseWriting(ServiceContract contract, Topic<?> topic) {
        if (!contract.mayWrite(topic)) {
            throw new ForbiddenTopic(contract.name() + " may not write " + topic.name() + ": Pipeline gives it "
                    + contract.writes() + " to write; declare the topic there if that is wrong");
        }
    }

    public static void refuseReading(ServiceContract contract, Topic<?> topic) {
        if (!contract.mayRead(topic)) {
            throw new ForbiddenTopic(contract.name() + " may not read " + topic.name() + ": Pipeline gives it "
                    + contract.reads() + " to read; declare the topic there if that is wrong");
        }
    }
}
