package io.captchapipeline.alerting.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.schemas.event.Account;
import io.captchapipeline.schemas.event.Breaker;
import io.captchapipeline.schemas.event.CallbackHealth;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.Solution;
import io.captchapipeline.schemas.event.SolverHealth;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.Status;
import io.captchapipeline.schemas.event.Submitted;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.event.TicketKind;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.DeadLetter;
import io.captchapipeline.schemas.wire.Wire;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// What others write: scrapers, solvers, ingresses.
final class Scene {
    private static final String SECRET = "03AGdBq27lUJ_the_token";

    private final TestAlerting alerting;

    Scene(TestAlerting alerting) {
        this.alerting = alerting;
    }

    void submit(String task) {
        alerting.write(
                Topics.SUBMITTED,
                new Submitted(
                        new TaskId(task),
                        null,
                        new Method("turnstile"),
                        new Route("login"),
                        null,
                        null,
                        null,
                        null,
                        Map.of(),
                        null));
    }

    /// By a record of then.
    void submittedAt(String task, Instant at) {
        var submitted = new Submitted(new TaskId(task), null, null, null, null, null, null, null, Map.of(), null);
        alerting.write(Topics.SUBMITTED, Wire.encode(submitted), new RecordHeaders(), at);
    }

    /// Now, a record of then.
    void bury(Instant written) {
        var headers = new RecordHeaders();
        new DeadLetter("captcha-submit", 0, 17, "result-router", "no JSON", alerting.now())
                .headers()
                .forEach((name, text) -> headers.add(name, text.getBytes(UTF_8)));
        alerting.write(Topics.DEAD_LETTERS, new byte[] {1}, headers, written);
    }

    void callBack(String task) {
        alerting.write(Topics.RESULTS, failed(task));
    }

    private Result failed(String task) {
        return new Result.Failed(
                new TaskId(task),
                new RequestId(task),
                Status.FAILED,
                "ERROR_CAPTCHA_UNSOLVABLE",
                null,
                null,
                null,
                Source.CALLBACK,
                alerting.now(),
                null,
                null,
                TicketKind.NONE,
                null);
    }

    private Result solved(String task, Source source) {
        return new Result.Solved(
                new TaskId(task),
                new RequestId(task),
                Solution.of(SECRET),
                null,
                null,
                null,
                source,
                alerting.now(),
                null,
                1,
                TicketKind.REQUEST);
    }

    private Outcome outcome(String task) {
        return new Outcome.Solved(
                new TaskId(task),
                new RequestId(task),
                Solution.of(SECRET),
                null,
                null,
                null,
                1,
                null,
                alerting.now(),
                null,
                null,
                Source.CALLBACK,
                null,
                Map.of());
    }

    void end(int solved, int failed) {
        for (int i = 0; i < solved; i++) {
            alerting.write(Topics.SOLVED, outcome("p" + i));
        }
        for (int i = 0; i < failed; i++) {
            alerting.write(
                    Topics.FAILED,
                    new Outcome.Failed(
                            null,
                            new RequestId("f" + i),
                            Status.FAILED,
                            "TIMEOUT",
                            null,
                            null,
                            new Route("login"),
                            1,
                            null,
                            null,
                            null,
                            null,
                            null,
                            Map.of()));
        }
    }

    void solver(String balance, Breaker breaker) {
        solver("one", balance, breaker);
    }

    void solver(String instance, String balance, Breaker breaker) {
        alerting.write(
                Topics.SOLVER_HEALTH,
                new SolverHealth(
                        new Account("main"),
                        alerting.now(),
                        new BigDecimal(balance),
                        breaker,
                        Map.of(),
                        null,
                        instance));
    }

    void beat(String instance, long received, long errors, long millis) {
        var histogram = new Histogram(60_000_000, 2);
        histogram.recordValueWithCount(millis * 1000, received);
        var buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        var encoded = Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
        alerting.write(
                Topics.CALLBACK_HEALTH,
                new CallbackHealth(
                        instance,
                        TestAlerting.NOON,
                        alerting.now(),
                        "healthy",
                        received,
                        received - errors,
                        errors,
                        Map.of(),
                        Map.of(),
                        encoded,
                        null));
    }

    void solve(String task, Source source) {
        alerting.write(Topics.RESULTS, solved(task, source));
    }

    void end(String task) {
        alerting.write(Topics.SOLVED, outcome(task));
    }
}
