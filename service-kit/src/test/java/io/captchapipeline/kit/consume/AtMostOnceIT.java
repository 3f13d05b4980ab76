package io.captchapipeline.kit.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.kit.consume.ClaimingChild.Mood;
import io.captchapipeline.testkit.ChildJvm;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import io.captchapipeline.testkit.promise.WorkedAtMostOnce;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The process that claims ends while it works, again and again: killed with -9 at some moment, and by itself at the
/// very beginning of a work, when a commit that came after it would not be through.
@WithKafka
@Timeout(300)
class AtMostOnceIT {

    private static final int RECORDS = 2000;
    private static final List<Mood> ENDS = List.of(Mood.EAGER, Mood.DIES_WORKING, Mood.EAGER, Mood.DIES_WORKING);
    private static final int WORKS_BEFORE_A_KILL = 150;

    private final WorkedAtMostOnce promise = new WorkedAtMostOnce();
    private final List<ChildJvm> children = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void through_kill_9_nothing_is_worked_on_twice_and_everything_is_marked_once(KafkaCluster kafka) throws Exception {
        try (var bed = Bed.with(kafka.bootstrapServers(), 3)) {
            for (int i = 0; i < RECORDS; i++) {
                promise.written("r-" + i);
                bed.write("k-" + i, "r-" + i);
            }
            for (var mood : ENDS) {
                endWhileItWorks(mood, kafka, bed);
            }
            try (var last = start(Mood.EAGER, kafka, bed)) {
                await().atMost(Bed.PATIENCE).until(() -> bed.committedSum() >= RECORDS);
                last.awaitLine(line -> line.startsWith("worked"));
            }
            tell(kafka, bed);
        }

        promise.verify();
        assertThat(promise.works()).isGreaterThan(RECORDS - ENDS.size() * 100);
    }

    private void endWhileItWorks(Mood mood, KafkaCluster kafka, Bed bed) {
        try (var child = start(mood, kafka, bed)) {
            await().atMost(Bed.PATIENCE)
                    .until(() -> mood == Mood.DIES_WORKING
                            ? !child.isAlive()
                            : works(child).size() >= WORKS_BEFORE_A_KILL);
        }
    }

    private ChildJvm start(Mood mood, KafkaCluster kafka, Bed bed) {
        var child = ChildJvm.start(
                ClaimingChild.class,
                kafka.bootstrapServers(),
                bed.contract.name(),
                mood.name(),
                directory.resolve("unused").toString());
        children.add(child);
        return child;
    }

    private void tell(KafkaCluster kafka, Bed bed) {
        kafka.readAll(bed.marks.name()).forEach(mark -> promise.marked(Bed.id(mark.value())));
        children.forEach(child -> works(child).forEach(promise::worked));
    }

    private static List<String> works(ChildJvm child) {
        return child.lines().stream()
                .filter(line -> line.startsWith("worked "))
                .map(line -> line.substring("worked ".length()))
                .toList();
    }
}
