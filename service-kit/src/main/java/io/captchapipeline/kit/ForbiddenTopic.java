package io.captchapipeline.kit;

import io.captchapipeline.schemas.topic.ServiceContract;
import io.captchapipeline.schemas.topic.Topic;
import java.util.List;

/// A service asked for a topic that the pipeline's map does not give it.
public final class ForbiddenTopic extends RuntimeException {

    private static final long serialVersionUID = 1;

    private ForbiddenTopic(String message) {
        super(message);
    }

    public static void refuseWriting(ServiceContract contract, Topic<?> topic) {
        refuseWriting(contract, topic.name());
    }

    public static void refuseWriting(ServiceContract contract, String topic) {
        refuse(contract, contract.mayWrite(topic), topic, "write", contract.writes());
    }

    public static void refuseReading(ServiceContract contract, Topic<?> topic) {
        refuseReading(contract, topic.name());
    }

    public static void refuseReading(ServiceContract contract, String topic) {
        refuse(contract, contract.mayRead(topic), topic, "read", contract.reads());
    }

    private static void refuse(
            ServiceContract contract, boolean allowed, String topic, String verb, List<Topic<?>> given) {
        if (!allowed) {
            throw new ForbiddenTopic(contract.name() + " may not " + verb + " " + topic + ": Pipeline gives it " + given
                    + " to " + verb + "; declare the topic there if that is wrong");
        }
    }
}
