package io.captchapipeline.kit.streams;

import io.captchapipeline.schemas.topic.Topics;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A poison record so large that it does not fit with the headers of a dead letter is logged and let go: it must not
/// stop the records behind it. All else that cannot be written stops the thread.
public final class OversizedDeadLetters implements ProductionExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(OversizedDeadLetters.class);

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        if (!(exception instanceof RecordTooLargeException) || !record.topic().equals(Topics.DEAD_LETTERS.name())) {
            return Response.fail();
        }
        LOG.atError()
                .addKeyValue("topic", context.topic())
                .addKeyValue("partition", context.partition())
                .addKeyValue("offset", context.offset())
                .log("A poison record is too large to be a dead letter");
        return Response.resume();
    }

    @Override
    public void configure(Map<String, ?> configs) {
        // Nothing to choose.
    }
}
