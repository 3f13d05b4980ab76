package io.captchapipeline.router.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.schemas.event.Account;
import io.captchapipeline.schemas.event.Attempt;
import io.captchapipeline.schemas.event.Event;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Solution;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.Submitted;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.event.TicketKind;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerRowsTest {
    private static final RequestId REQUEST = new RequestId("some-request");
    private static final TaskId TASK = new TaskId("2122988149");
    private static final Method METHOD = new Method("userrecaptcha");
    private static final Account ACCOUNT = new Account("main");

    @TempDir
    Path directory;

    @Test
    void rows_are_as_many_and_as_large_as_those_that_an_answered_request_leaves() {
        var rows = new HashMap<String, Integer>();
        try (var ledger = new LedgerBench(directory)) {
            answer(ledger);
            LedgerRows.answered(
                    REQUEST,
                    TASK,
                    1,
                    ledger.now(),
                    ledger.now().plus(Duration.ofDays(1)),
                    (_, key, value) -> rows.put(kind(key), value.length));

            assertThat(rows).isEqualTo(left(ledger));
        }
    }

    private static Map<String, Integer> left(LedgerBench ledger) {
        var rows = new HashMap<String, Integer>();
        ledger.eachRow((key, value) -> rows.put(kind(key), value.length));
        return rows;
    }

    /// Whose it is, and whether it is in the time index; without the time.
    private static String kind(byte[] key) {
        var text = new String(key, UTF_8);
        return (key[1] == ':' ? "entry " : "due ") + text.substring(Math.max(0, text.length() - 12)) + key.length;
    }

    private static void answer(LedgerBench ledger) {
        var now = ledger.now();
        ledger.request(REQUEST.value(), Duration.ofHours(1));
        write(ledger, Topics.ATTEMPTS, new Attempt(REQUEST, 1, METHOD, null, ACCOUNT, now));
        write(
                ledger,
                Topics.SUBMITTED,
                new Submitted(TASK, REQUEST, METHOD, null, 1, now, now.plusSeconds(60), ACCOUNT, Map.of(), null));
        write(
                ledger,
                Topics.RESULTS,
                new Result.Solved(
                        TASK,
                        REQUEST,
                        Solution.of("a token"),
                        null,
                        null,
                        METHOD,
                        Source.CALLBACK,
                        now,
                        null,
                        1,
                        TicketKind.REQUEST));
    }

    private static <E extends Event> void write(LedgerBench ledger, Topic<E> topic, E event) {
        ledger.write(topic, String.valueOf(event.key()), Wire.encode(event));
    }
}
