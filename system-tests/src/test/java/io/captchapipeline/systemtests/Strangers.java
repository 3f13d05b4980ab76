package io.captchapipeline.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.schemas.ticket.Ticket;
import io.captchapipeline.schemas.ticket.Tickets;
import io.captchapipeline.schemas.topic.Topics;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Scrapers that submit by themselves: they announce their task, and its callback comes once, by a ticket of theirs.
/// So it is known which callbacks were acknowledged.
final class Strangers implements AutoCloseable {
    static final String SOLUTION = "stranger-solution-";
    private static final long FIRST_TASK = 9_000_000_000L;
    private static final int MOST_TASKS = 20_000;
    private static final int ACKNOWLEDGED = 200;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> announced = new ConcurrentSkipListMap<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final Producer<byte[], byte[]> producer;
    private final int callbacks;
    private final Duration pace;
    private final String ticket = Tickets.signedWith(List.of(Settings.CALLBACK_SECRET))
            .mint(new Ticket.ForRoute(null, Instant.now().minusSeconds(1), null));
    private final Background background = new Background("strangers", this::work);

    Strangers(Kafka kafka, int callbacks, int perSecond) {
        this.producer = kafka.producer();
        this.callbacks = callbacks;
        this.pace = Duration.ofSeconds(1).dividedBy(perSecond);
    }

    void start() {
        background.start();
    }

    void stop() {
        background.endAndWait();
        producer.flush();
    }

    String ticket() {
        return ticket;
    }

    /// Tasks whose callback was answered 2xx.
    Set<String> acknowledged() {
        return acknowledged;
    }

    /// Tasks that the broker knows of, and by when each must end.
    Map<String, Instant> announced() {
        return announced;
    }

    /// Callbacks that were not answered 2xx.
    int refusals() {
        return refusals.get();
    }

    @Override
    public void close() {
        background.end();
        producer.close(Duration.ZERO);
    }

    private void work() {
        for (int i = 0; i < MOST_TASKS && !background.isOver(); i++) {
            var task = Long.toString(FIRST_TASK + i);
            Thread.ofVirtual().start(() -> announce(task));
            callBack(task);
            LockSupport.parkNanos(pace.toNanos());
        }
    }

    /// Waits for a broker that is away, which is not to keep the callbacks back.
    private void announce(String task) {
        var value = ("{\"task_id\":\"" + task + "\",\"method\":\"turnstile\"}").getBytes(UTF_8);
        var _ = producer.send(new ProducerRecord<>(Topics.SUBMITTED.name(), value), (taken, failure) -> {
            if (failure == null) {
                announced.put(task, Instant.ofEpochMilli(taken.timestamp()).plus(Settings.REQUEST_TIMEOUT));
            } else if (!background.isOver()) {
                Thread.ofVirtual().start(() -> announce(task));
            }
        });
    }

    private void callBack(String task) {
        var path = "/callback/" + ticket + "?id=" + task + "&code=" + SOLUTION + task;
        try {
            if (Http.get(callbacks, path).statusCode() == ACKNOWLEDGED) {
                acknowledged.add(task);
                return;
            }
        } catch (UncheckedIOException _) {
            // Nobody answered: as a refusal.
        }
        refusals.incrementAndGet();
    }
}
