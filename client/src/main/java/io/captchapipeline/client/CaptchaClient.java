package io.captchapipeline.client;

import io.captchapipeline.client.CaptchaException.Reason;
import io.captchapipeline.schemas.event.Report;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.SubmitRequest;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Sender;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A scraper's side of the pipeline. For all threads of a process, from its start to its end: one is enough.
public final class CaptchaClient implements AutoCloseable {
    private final ClientConfig config;
    private final Clock clock = Clock.systemUTC();
    private final RequestIds ids = new RequestIds(clock);
    private final Callbacks callbacks;
    private final OpenRequests open;
    private final Sending sending;
    private final OutcomeReader reader;
    private final Optional<ResultsApi> results;

    private CaptchaClient(ClientConfig config) {
        this.config = config;
        var configs = new KafkaConfigs(config);
        callbacks = Callbacks.of(config);
        results = config.resultsUrl()
                .map(url ->
                        new ResultsApi(url, config.apiToken(), config.limits().patience()));
        open = new OpenRequests(config.limits().maxOpen(), callbacks.executor(), System::nanoTime);
        var bytes = new ByteArrayDeserializer();
        reader = new OutcomeReader(new KafkaConsumer<>(configs.outcomeConsumer(), bytes, bytes), open, config);
        sending = new Sending(
                new KafkaProducer<>(configs.producer(), new ByteArraySerializer(), new ByteArraySerializer()),
                config.bootstrapServers(),
                config.limits(),
                new Sender("client", clock));
    }

    /// Returns when it is ready, so that no outcome can be missed.
    ///
    /// @throws CaptchaException when Kafka does not answer, or is not the pipeline's
    public static CaptchaClient connect(ClientConfig config) {
        CaptchaClient client;
        try {
            client = new CaptchaClient(config);
        } catch (KafkaException e) {
            throw new CaptchaException(
                    Reason.REFUSED, "These are no settings to reach Kafka at " + config.bootstrapServers(), e);
        }
        try {
            client.reader.start();
            return client;
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /// Has it solved. The future completes with the outcome, a failed one too; it fails with a [CaptchaException] where
    /// no outcome can be told: not later than the request's time-out and the grace after it.
    ///
    /// @throws IllegalArgumentException when a request of this id waits for its outcome already
    public CompletableFuture<Answer> submit(Captcha captcha) {
        return submit(ready(captcha));
    }

    /// Has it solved, and waits.
    ///
    /// @throws CaptchaException when no outcome can be told
    public Answer solve(Captcha captcha) {
        try {
            return submit(captcha).join();
        } catch (CompletionException e) {
            throw Problems.thrown(e);
        }
    }

    /// Has it solved, for others to take the outcome: see [#queue] and [#get]. Completes when the request is written.
    public CompletableFuture<RequestId> send(Captcha captcha) {
        var ready = ready(captcha);
        return sending.send(Topics.SUBMIT, ready.request(), ready.id()).thenApply(sent -> ready.id());
    }

    /// Has all of them solved, or sends none of them.
    ///
    /// @throws IllegalArgumentException when two are of one id, or one waits for its outcome already
    public Batch submitAll(Collection<Captcha> captchas) {
        var all = captchas.stream().map(this::ready).toList();
        var answers = open.addAll(all.stream().map(Ready::id).toList());
        var parts = new ArrayList<Batch.Part>();
        for (int i = 0; i < all.size(); i++) {
            parts.add(new Batch.Part(all.get(i).id(), sent(all.get(i), answers.get(i))));
        }
        return new Batch(parts);
    }

    /// Tells the solver that the site took the solution.
    public CompletableFuture<Void> reportGood(Answer.Solved answer) {
        return report(answer, true);
    }

    /// Tells the solver that the site refused the solution; some pay it back.
    public CompletableFuture<Void> reportBad(Answer.Solved answer) {
        return report(answer, false);
    }

    /// What became of a request, or of a task of the solver's; without waiting.
    ///
    /// @throws CaptchaException when the results API does not answer
    /// @throws IllegalStateException without [ClientConfig#results]
    public Lookup get(String id) {
        return get(id, Duration.ZERO);
    }

    /// The same, waiting until there is an outcome, but not longer than this.
    public Lookup get(String id, Duration wait) {
        return results.orElseThrow(
                        () -> new IllegalStateException("say where the results API is: ClientConfig.results"))
                .get(new RequestId(id), wait);
    }

    /// The outcomes as work that is shared among all who name the same group.
    public WorkQueue queue(String group) {
        return queue(QueueConfig.group(group));
    }

    /// The same, with a choice. Returns when the group is prepared.
    ///
    /// @throws CaptchaException when Kafka does not answer, or does not let it be prepared
    public WorkQueue queue(QueueConfig wanted) {
        return new WorkQueue(config, wanted, clock);
    }

    public ClientStats stats() {
        return new ClientStats(open.size(), open.answered(), reader.unreadable());
    }

    /// Sends what was submitted, and ends all futures that are open. The outcomes of these still come, to others: a
    /// request that was written is not lost.
    @Override
    public void close() {
        reader.close();
        sending.close();
        open.close();
        callbacks.close();
    }

    private CompletableFuture<Answer> submit(Ready ready) {
        return sent(ready, open.add(ready.id()));
    }

    private CompletableFuture<Answer> sent(Ready ready, CompletableFuture<Answer> answer) {
        var id = ready.id();
        if (!answer.isDone()) {
            var unused = reader.watched(ready.request().route())
                    .thenCompose(watched -> sending.send(Topics.SUBMIT, ready.request(), id))
                    .whenComplete((sent, problem) -> {
                        if (problem == null) {
                            open.sent(id, ready.timeout().plus(config.limits().grace()));
                        } else {
                            open.failed(id, Problems.beforeSending(id, problem));
                        }
                    });
        }
        return answer;
    }

    private CompletableFuture<Void> report(Answer.Solved answer, boolean good) {
        var report = new Report(answer.taskId(), answer.requestId(), good, null, clock.instant());
        return sending.send(Topics.REPORTS, report, answer.requestId());
    }

    /// With the id and the time-out that it did not bring itself.
    private Ready ready(Captcha captcha) {
        var id = captcha.id().orElseGet(ids::next);
        var timeout = captcha.timeout().orElse(config.limits().timeout());
        return new Ready(captcha.requestId(id).timeout(timeout).request(), id, timeout);
    }

    private record Ready(SubmitRequest request, RequestId id, Duration timeout) {}
}
