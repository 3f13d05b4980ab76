package io.captchapipeline.router.ledger;

import io.captchapipeline.router.ledger.RequestEntry.Accepted;
import io.captchapipeline.router.ledger.RequestEntry.Asked;
import io.captchapipeline.router.ledger.RequestEntry.Claimed;
import io.captchapipeline.router.ledger.RequestEntry.Refused;
import io.captchapipeline.router.ledger.RequestEntry.Waiting;
import io.captchapipeline.router.ledger.TaskEntry.Alias;
import io.captchapipeline.router.ledger.TaskEntry.Unannounced;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Entries in every state, and links of every kind, with everything in them that they can have, and with nothing of it.
final class Samples {
    static final Instant DEADLINE = Events.T0.plusSeconds(300);
    static final TaskId TASK = new TaskId("11");
    static final RequestId ID = new RequestId("r-1");
    static final Instant PRECISE = Instant.parse("2026-11-01T12:00:00.123456789Z");

    /// How far a request has come when it is met.
    enum Shape {
        /// Its first attempt of two runs.
        FIRST,
        /// Its only attempt runs.
        LAST,
        /// Its second attempt runs; the first was silent.
        SECOND;

        Progress progress() {
            return switch (this) {
                case FIRST -> Progress.of(request(2));
                case LAST -> Progress.of(request(1));
                case SECOND -> Progress.of(request(3)).next(new Past(null, Events.T0, false));
            };
        }
    }

    private Samples() {}

    static Request request(int maxAttempts) {
        var content = ((RequestEvent.Requested) Events.request("r-1", "", Events.T0)).content();
        return new Request(
                ID, Events.METHOD, new Route("login"), Map.of("job", "42"), maxAttempts, content, Events.T0, DEADLINE);
    }

    static Waiting waiting(Shape shape) {
        return new Waiting(shape.progress());
    }

    static Refused refused(Shape shape) {
        var refusal = new Refusal(Events.T0.minusSeconds(5), "ERROR_NO_SLOT_AVAILABLE");
        return new Refused(shape.progress().refused(refusal), Events.T0.plusSeconds(5));
    }

    static Asked asked(Shape shape) {
        return new Asked(shape.progress(), Events.T0, Events.T0.plusSeconds(120));
    }

    static Accepted accepted(Shape shape) {
        var taken = new Taken(TASK, Events.T0, Events.ACCOUNT);
        return new Accepted(shape.progress(), taken, new Polling(0, Events.T0.plusSeconds(60)));
    }

    static Foreign foreign(String name) {
        return new Foreign(
                new RequestId(name),
                TASK,
                Events.METHOD,
                new Route("shop"),
                Map.of("by", "hand"),
                PRECISE,
                Events.ACCOUNT,
                true,
                Events.T0,
                DEADLINE);
    }

    static Claimed claimed() {
        return new Claimed(foreign("r-1"), DEADLINE.plusSeconds(86_400));
    }

    static Announced announced(String name) {
        return new Announced(foreign(name), new Polling(0, Events.T0.plusSeconds(60)));
    }

    static Settled settled() {
        return new Settled(
                Events.T0.plusSeconds(86_400),
                request(2).content(),
                Answer.of(1, Events.solved("r-1", 1, "11", "token", Events.T0)));
    }

    static Unannounced unannounced() {
        return new Unannounced(Events.bare("11", "token", Events.T0), Events.T0.plusSeconds(2));
    }

    static Alias alias() {
        return new Alias(ID, DEADLINE.plusSeconds(86_400));
    }

    static List<Entry> everyEntry() {
        var all = new ArrayList<Entry>(List.of(
                claimed(),
                announced("r-1"),
                announced("11"),
                settled(),
                new Settled(PRECISE, null, null),
                new Settled(Events.T0, -1L, new Answer(5, Integer.MIN_VALUE)),
                unannounced(),
                new Unannounced(Events.refused("r-1", 1, 7, PRECISE), PRECISE),
                alias(),
                new Announced(bareForeign(), Polling.NEVER)));
        for (var shape : Shape.values()) {
            all.addAll(List.of(waiting(shape), refused(shape), asked(shape), accepted(shape)));
        }
        all.add(waiting(Shape.FIRST).with(manyPast()));
        all.add(new Accepted(manyPast(), new Taken(TASK, PRECISE, null), new Polling(20, null)));
        return all;
    }

    static List<Link> everyLink() {
        return List.of(
                new TaskEvent.Aliased(TASK, ID, PRECISE),
                new TaskEvent.Claim(TASK, ID, DEADLINE),
                new RequestEvent.Granted(ID, TASK),
                new RequestEvent.Declined(ID, TASK),
                new RequestEvent.Forwarded(ID, Events.bare("11", "token", PRECISE)),
                new RequestEvent.Forwarded(ID, Events.failed("r-1", 1, "11", "ERROR_X", PRECISE)));
    }

    private static Progress manyPast() {
        var request = new Request(ID, Events.METHOD, null, Map.of(), 5, Long.MIN_VALUE, PRECISE, PRECISE);
        return new Progress(
                request,
                List.of(new Past(null, null, true), new Past(TASK, PRECISE, false), new Past(TASK, null, true)),
                new Refusal(PRECISE, "ERROR: 1001"));
    }

    private static Foreign bareForeign() {
        return new Foreign(ID, TASK, null, null, Map.of(), null, null, false, PRECISE, PRECISE);
    }
}
