package io.captchapipeline.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.wire.Wire;
import io.captchapipeline.testkit.promise.Promise;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Scrapers that ask the results API, of any router, what became of a request whose outcome could be read by then. It
/// may say that it cannot tell yet. Else it tells that outcome: it knows no other, and never knows nothing.
final class Askers implements Promise, AutoCloseable {
    private static final Duration PACE = Duration.ofMillis(100);
    private static final int MOST_QUESTIONS = 20_000;
    private static final int ASKED_IN_THE_END = 200;
    private static final int TOLD = 200;
    private static final int PENDING = 202;
    private static final int LATER = 503;
    /// In place of a solution that is worthless by now.
    private static final String EXPIRED = "\"expired\":true";

    private final World world;
    private final Witness witness;
    private final Random random;
    private final Map<String, String> lies = new ConcurrentSkipListMap<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger told = new AtomicInteger();
    private final Background background = new Background("askers", this::work);

    Askers(World world, Witness witness, Random random) {
        this.world = world;
        this.witness = witness;
        this.random = random;
    }

    void start() {
        background.start();
    }

    void stop() {
        background.endAndWait();
    }

    /// Questions to which nobody could say anything.
    int refusals() {
        return refusals.get();
    }

    /// Some that ended, and that were not told when all of them were asked about.
    List<String> untold() {
        var ended = witness.seen();
        return random.ints(Math.min(ended.size(), ASKED_IN_THE_END), 0, ended.size())
                .mapToObj(ended::get)
                .filter(outcome -> !ask(outcome))
                .map(outcome -> outcome.requestId().value())
                .toList();
    }

    @Override
    public String name() {
        return "answers are true";
    }

    @Override
    public List<String> broken() {
        if (told.get() == 0) {
            return List.of("nobody was told anything");
        }
        var broken = new ArrayList<String>();
        lies.forEach((id, lie) -> broken.add(id + ": " + lie));
        return List.copyOf(broken);
    }

    @Override
    public void close() {
        stop();
    }

    private void work() {
        for (int i = 0; i < MOST_QUESTIONS && !background.isOver(); i++) {
            var ended = witness.seen();
            if (!ended.isEmpty()) {
                var _ = ask(ended.get(random.nextInt(ended.size())));
            }
            LockSupport.parkNanos(PACE.toNanos());
        }
    }

    /// Whether it was told.
    private boolean ask(Outcome outcome) {
        var id = outcome.requestId().value();
        try {
            var router = world.one(Part.ROUTER, random);
            return take(outcome, Http.get(router.port(), "/results/" + id, Settings.API_TOKEN));
        } catch (UncheckedIOException _) {
            refusals.incrementAndGet();
            return false;
        }
    }

    private boolean take(Outcome outcome, HttpResponse<String> answer) {
        switch (answer.statusCode()) {
            case TOLD -> {
                told.incrementAndGet();
                if (!isSame(outcome, answer.body())) {
                    lies.put(outcome.requestId().value(), "another outcome than the one on its topic");
                }
            }
            case PENDING -> {}
            case LATER -> refusals.incrementAndGet();
            default -> lies.put(outcome.requestId().value(), answer.statusCode() + " though it had ended");
        }
        return answer.statusCode() == TOLD;
    }

    private static boolean isSame(Outcome outcome, String told) {
        return told.contains(EXPIRED)
                || Wire.decode(Outcome.class, told.getBytes(UTF_8)).equals(outcome);
    }
}
