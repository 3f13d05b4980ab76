package io.captchapipeline.benchmarks;

import io.captchapipeline.kit.kafka.Outgoing;
import io.captchapipeline.schemas.event.Account;
import io.captchapipeline.schemas.event.Admitted;
import io.captchapipeline.schemas.event.Attempt;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.Params;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.Solution;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.SubmitRequest;
import io.captchapipeline.schemas.event.Submitted;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.event.TicketKind;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Sender;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// All that topics say of requests that were solved at the first attempt, six records each, with tokens of 500
/// characters.
final class Happenings {
    static final int EACH = 6;

    private static final long FIRST_TASK = 2_122_988_149L;
    private static final Method METHOD = new Method("userrecaptcha");
    private static final Route ROUTE = new Route("login");
    private static final Account ACCOUNT = new Account("main");
    private static final Map<String, String> METADATA = Map.of("job", "42");
    private static final BigDecimal COST = new BigDecimal("0.00299");
    private static final Params PARAMS = new Params(Map.of(
            "googlekey",
            "6LeIxAcTAAAAAJcZVRqyHh71UMIEGNQ_MXjiZKhI",
            "pageurl",
            "https://example.com/login?next=/home"));

    private final Sender sender = new Sender("benchmark", Clock.systemUTC());
    private final Random random = new Random(1);
    private final KafkaProducer<byte[], byte[]> producer;

    private Happenings(KafkaProducer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /// Returns when the broker has them.
    static void write(String servers, int requests) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", servers, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            var happenings = new Happenings(producer);
            for (int i = 0; i < requests; i++) {
                happenings.write(new RequestId("audited-" + i), new TaskId(Long.toString(FIRST_TASK + i)));
            }
        }
    }

    private void write(RequestId id, TaskId task) {
        var now = Instant.now();
        var later = now.plusSeconds(300);
        var token = Solution.of(Targets.token(random));
        send(Topics.SUBMIT, new SubmitRequest(id, METHOD, PARAMS, ROUTE, 300, 2, METADATA));
        send(Topics.ADMITTED, new Admitted(id, 1, METHOD, PARAMS, ROUTE, now, later, METADATA));
        send(Topics.ATTEMPTS, new Attempt(id, 1, METHOD, ROUTE, ACCOUNT, now));
        send(Topics.SUBMITTED, new Submitted(task, id, METHOD, ROUTE, 1, now, later, ACCOUNT, METADATA, null));
        send(
                Topics.RESULTS,
                new Result.Solved(
                        task, id, token, null, ROUTE, METHOD, Source.CALLBACK, now, null, 1, TicketKind.REQUEST));
        send(
                Topics.SOLVED,
                new Outcome.Solved(
                        task,
                        id,
                        token,
                        null,
                        METHOD,
                        ROUTE,
                        1,
                        now,
                        now,
                        later,
                        14.2,
                        Source.CALLBACK,
                        COST,
                        METADATA));
    }

    private <E extends Event> void send(Topic<E> topic, E event) {
        var _ = producer.send(Outgoing.event(topic, event, sender));
    }
}
