package io.captchapipeline.router.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.schemas.event.Params;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A ledger of two partitions in a world of scrapers, a solver and a submitter, by a seed: duplicates, conflicts,
/// forgeries, lost replies, late writers, readers that fall behind, and topics that are read in any order among each
/// other. Every step is a restart, since a [Book] keeps bytes.
final class Simulation {
    private static final Duration LENGTH = Duration.ofMinutes(20);
    private static final Duration A_LONG_TIME = Duration.ofDays(3);

    final Oracle oracle = new Oracle();
    final Set<String> visited = new HashSet<>();
    final Random random;
    private final List<Partition> partitions = List.of(new Partition(), new Partition());
    private final PriorityQueue<Happening> agenda =
            new PriorityQueue<>(Comparator.comparing(Happening::at).thenComparingInt(Happening::order));
    private final Submitter submitter = new Submitter(this);
    private final Scrapers scrapers = new Scrapers(this);
    private Instant now = Events.T0;
    private int order;

    private record Happening(Instant at, int order, Runnable run) {}

    private record Logged(LedgerKey key, LedgerEvent event) {}

    /// The topics of a partition. What is re-keyed comes from many partitions, so only the others have an order.
    private static final class Partition {
        private final Book book = new Book(Events.RULES);
        private final List<Logged> intake = new ArrayList<>();
        private final Deque<Logged> attempts = new ArrayDeque<>();
        private final Deque<Logged> results = new ArrayDeque<>();
        private final Deque<Logged> links = new ArrayDeque<>();
    }

    Simulation(long seed) {
        random = new Random(seed);
    }

    Simulation run() {
        scrapers.begin();
        partitions.forEach(this::readLater);
        while (!agenda.isEmpty()) {
            var next = agenda.remove();
            now = next.at();
            next.run().run();
        }
        settle();
        scrapers.check();
        forget();
        return this;
    }

    Instant now() {
        return now;
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /// At some time within so many seconds.
    void within(double seconds, Runnable run) {
        at(now.plusMillis(random.nextInt((int) (seconds * 1000) + 1)), run);
    }

    /// After so many seconds.
    void after(double seconds, Runnable run) {
        at(now.plusMillis((int) (seconds * 1000)), run);
    }

    void at(Instant time, Runnable run) {
        agenda.add(new Happening(time, order++, run));
    }

    void write(LedgerEvent event) {
        var logged = new Logged(keyOf(event), event);
        var partition = partitions.get(Math.floorMod(logged.key().id().hashCode(), partitions.size()));
        switch (event) {
            case RequestEvent.AttemptMade of -> partition.attempts.add(logged);
            case RequestEvent.RequestAnswered of -> partition.results.add(logged);
            case TaskEvent.TaskAnswered of -> partition.results.add(logged);
            case RequestEvent of -> partition.intake.add(logged);
            case TaskEvent of -> partition.intake.add(logged);
            case LedgerEvent.Tick of -> throw new IllegalArgumentException("ticks are not written here");
        }
    }

    private void link(Link link) {
        var read = LinkCodec.decode(LinkCodec.encode(link));
        partitions
                .get(Math.floorMod(read.key().id().hashCode(), partitions.size()))
                .links
                .add(new Logged(read.key(), read.event()));
    }

    /// Mostly at once, sometimes after a pause in which time goes on.
    private void readLater(Partition partition) {
        var pause = chance(3) ? Duration.ofSeconds(random.nextInt(200)) : Duration.ofMillis(random.nextInt(3000));
        if (now.isBefore(Events.T0.plus(LENGTH))) {
            at(now.plus(pause), () -> {
                for (int some = random.nextInt(6); some > 0; some--) {
                    readOne(partition);
                }
                if (chance(40)) {
                    tick(partition);
                }
                readLater(partition);
            });
        }
    }

    /// A tick comes after whatever was there before it.
    private void tick(Partition partition) {
        boolean more = true;
        while (more) {
            more = readOne(partition);
        }
        for (var key : partition.book.due(now)) {
            step(partition, new Logged(key, new LedgerEvent.Tick(now)));
        }
        Oracle.ticked(partition.book.due(now), now);
    }

    private boolean readOne(Partition partition) {
        var topics = new ArrayList<Runnable>();
        if (!partition.intake.isEmpty()) {
            topics.add(() -> step(partition, partition.intake.remove(random.nextInt(partition.intake.size()))));
        }
        for (var topic : List.of(partition.attempts, partition.results, partition.links)) {
            if (!topic.isEmpty()) {
                topics.add(() -> step(partition, topic.removeFirst()));
            }
        }
        if (topics.isEmpty()) {
            return false;
        }
        topics.get(random.nextInt(topics.size())).run();
        return true;
    }

    private void step(Partition partition, Logged logged) {
        var before = partition.book.entry(logged.key());
        var decision = partition.book.read(logged.key(), logged.event(), now);
        var params = partition.book.params(logged.key());
        oracle.saw(logged.event(), before, decision, now);
        if ((params != null) != (decision.entry() instanceof RequestEntry.Open)) {
            throw new AssertionError("params of " + logged.key() + ": " + params + ", but it is " + decision.entry());
        }
        visited.add(decision.entry() == null ? "-" : decision.entry().getClass().getSimpleName());
        decision.outputs().forEach(output -> react(output, params));
    }

    private void react(Output output, @Nullable Params params) {
        switch (output) {
            case Output.Admit admit -> {
                assertThat(params).as("params to admit with").isNotNull();
                submitter.admitted(admit);
            }
            case Output.Poll poll -> submitter.overdue(poll.overdue());
            case Output.Send send -> link(send.link());
            case Output.Tell tell -> {}
            case Output.KeepParams kept -> {}
            case Output.ForgetParams forgotten -> {}
            case Output.Bury bury -> {}
            case Output.Count count -> {}
        }
    }

    /// Everything written is read, and time passes over every deadline.
    private void settle() {
        now = now.plus(Duration.ofMinutes(15));
        for (int round = 0; round < 4; round++) {
            partitions.forEach(this::tick);
            now = now.plusSeconds(5);
        }
        assertThat(partitions).noneMatch(this::readOne);
        partitions.forEach(partition -> assertThat(partition.book.entries().values())
                .as("pending after all")
                .noneMatch(Entry::pending));
    }

    /// Nothing is kept for ever.
    private void forget() {
        now = now.plus(A_LONG_TIME);
        partitions.forEach(this::tick);
        partitions.forEach(partition -> {
            assertThat(partition.book.entries()).isEmpty();
            assertThat(partition.book.hasParams()).isFalse();
        });
    }

    void checkEndedOnce(RequestId requestId) {
        assertThat(oracle.outcomes).as("outcomes").containsKey(requestId.value());
    }

    void checkEndedOnce(TaskId taskId) {
        assertThat(oracle.outcomesOf(taskId)).as("outcomes of task %s", taskId).hasSize(1);
    }

    private static LedgerKey keyOf(LedgerEvent event) {
        return switch (event) {
            case RequestEvent of -> of.key();
            case TaskEvent of -> of.key();
            case LedgerEvent.Tick tick -> throw new IllegalArgumentException("a tick has no key: " + tick);
        };
    }
}
