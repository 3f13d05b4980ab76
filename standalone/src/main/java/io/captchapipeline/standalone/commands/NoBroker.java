package io.captchapipeline.standalone.commands;

import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.kafka.KafkaClients;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/// What to say when Kafka does not answer.
final class NoBroker {

    private NoBroker() {}

    static StartFailure at(KafkaClients kafka, KafkaException e) {
        return e instanceof TimeoutException
                ? new StartFailure(
                        "No broker answers at " + kafka.servers() + ": start ./captcha up (and name its directory with"
                                + " DATA_DIR if it has another than ./data), or name a broker with"
                                + " KAFKA_BOOTSTRAP_SERVERS",
                        e)
                : new StartFailure("The broker at " + kafka.servers() + " refuses: " + e.getMessage(), e);
    }
}
