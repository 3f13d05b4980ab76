package io.captchapipeline.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.client.CaptchaException.Reason;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.SubmitRequest;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Sender;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SendingTest {
    private static final RequestId ID = new RequestId("r-1");

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());

    static Stream<Arguments> troubles() {
        return Stream.of(
                Arguments.of(new BufferExhaustedException("full"), Reason.NOT_SENT, "too much waits"),
                Arguments.of(new RecordTooLargeException("big"), Reason.NOT_SENT, "takes at most 3145728 bytes"),
                Arguments.of(new UnknownTopicOrPartitionException("x"), Reason.NOT_SENT, "there is no topic"),
                Arguments.of(new TopicAuthorizationException("x"), Reason.REFUSED, "does not let this client write"),
                Arguments.of(new TimeoutException("Expiring 1 record(s)"), Reason.UNCONFIRMED, "did not confirm"),
                Arguments.of(new NotEnoughReplicasException("x"), Reason.UNCONFIRMED, "did not confirm"));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void a_trouble_is_said_in_terms_of_the_request(RuntimeException trouble, Reason reason, String message) {
        var sent = sending(producer).send(Topics.SUBMIT, request(), ID);
        producer.errorNext(trouble);

        assertThat(sent).isCompletedExceptionally();
        var problem = (CaptchaException)
                sent.handle((nothing, e) -> Problems.unwrapped(e)).join();
        assertThat(problem.reason()).isEqualTo(reason);
        assertThat(problem).hasMessageStartingWith("r-1: ").hasMessageContaining(message);
        assertThat(problem.requestId()).contains(ID);
    }

    @Test
    void a_record_says_what_it_is_in_its_headers() {
        var _ = sending(producer).send(Topics.SUBMIT, request(), ID);

        var record = producer.history().getFirst();
        assertThat(record.topic()).isEqualTo("captcha-submit");
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("r-1");
        assertThat(header(record, "ce_type")).isEqualTo("io.captchapipeline.submit-request");
        assertThat(header(record, "ce_source")).isEqualTo("/captcha-pipeline/client");
        assertThat(header(record, "method")).isEqualTo("turnstile");
    }

    @Test
    void a_topic_not_heard_of_yet_is_asked_for_again() {
        var late = new FirstUnheardOf(3);

        var sent = sending(late).send(Topics.SUBMIT, request(), ID);

        assertThat(sent).succeedsWithin(Duration.ofSeconds(30));
        assertThat(late.attempts.get()).isEqualTo(4);
    }

    @Test
    void but_not_by_a_client_that_is_closing() throws Exception {
        var never = new FirstUnheardOf(Integer.MAX_VALUE);
        var sending = sending(never);
        var sent = sending.send(Topics.SUBMIT, request(), ID);

        sending.close();

        assertThat(sent)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("closed before it was sent");
    }

    @Test
    void there_is_room_for_so_many() {
        var sending = sending(producer);
        var _ = sending.send(Topics.SUBMIT, request(), ID);
        var _ = sending.send(Topics.SUBMIT, request(), ID);

        assertThat(sending.send(Topics.SUBMIT, request(), ID)).isCompletedExceptionally();

        producer.completeNext();
        assertThat(sending.send(Topics.SUBMIT, request(), ID)).isNotDone();
    }

    @Test
    void patience_ends() {
        var never = new FirstUnheardOf(Integer.MAX_VALUE);
        var sending = new Sending(never, "localhost:9092", limits(Duration.ofSeconds(1)), sender());

        var sent = sending.send(Topics.SUBMIT, request(), ID);

        assertThat(sent)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("Kafka at localhost:9092 does not tell of captcha-submit");
    }

    private static Sending sending(MockProducer<byte[], byte[]> producer) {
        return new Sending(producer, "localhost:9092", limits(Duration.ofMinutes(1)), sender());
    }

    private static Limits limits(Duration patience) {
        return new Limits(Duration.ofMinutes(5), Duration.ZERO, patience, 2);
    }

    private static Sender sender() {
        return new Sender("client", Clock.systemUTC());
    }

    private static SubmitRequest request() {
        return Captcha.turnstile("k", "https://example.com").requestId(ID).request();
    }

    private static String header(ProducerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /// Fails at once so many times, as a producer does whose metadata is not there yet.
    private static final class FirstUnheardOf extends MockProducer<byte[], byte[]> {
        private final AtomicInteger attempts = new AtomicInteger();
        private final int failures;

        FirstUnheardOf(int failures) {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
            this.failures = failures;
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            if (attempts.incrementAndGet() <= failures) {
                var unheardOf = new TimeoutException("Topic captcha-submit not present in metadata after 0 ms.");
                callback.onCompletion(null, unheardOf);
                return CompletableFuture.failedFuture(unheardOf);
            }
            return super.send(record, callback);
        }
    }
}
