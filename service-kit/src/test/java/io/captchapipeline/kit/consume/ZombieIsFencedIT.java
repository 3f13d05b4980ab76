package io.captchapipeline.kit.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.kit.consume.ClaimingChild.Mood;
import io.captchapipeline.testkit.ChildJvm;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import io.captchapipeline.testkit.promise.WorkedAtMostOnce;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A member stands still with records in hand, past its session; its partition goes to another one, which works on
/// them; then the first goes on: in the middle of choosing, as the member it was, or once it is a member again.
@WithKafka
@Timeout(240)
class ZombieIsFencedIT {

    private static final int HELD = 20;
    private static final int LATER = 5;

    private final WorkedAtMostOnce promise = new WorkedAtMostOnce();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(names = {"HANGS_WHILE_CHOOSING", "LETS_WAIT"})
    void what_a_zombie_holds_it_neither_commits_nor_works_on(Mood mood, KafkaCluster kafka) throws Exception {
        var goOn = directory.resolve("go-on");
        try (var bed = Bed.with(kafka.bootstrapServers(), 1);
                var zombie = ChildJvm.start(
                        ClaimingChild.class,
                        kafka.bootstrapServers(),
                        bed.contract.name(),
                        mood.name(),
                        goOn.toString())) {
            write(bed, 0, HELD);
            zombie.awaitLine(line -> line.startsWith("holding"));
            zombie.suspend();

            var successor = bed.claims((received, _) ->
                    new Claim.Take(List.of(bed.mark(received)), () -> promise.worked(Bed.id(received))));
            successor.start();
            await().atMost(Bed.PATIENCE).until(() -> promise.works() == HELD);
            zombie.resume();
            if (mood == Mood.HANGS_WHILE_CHOOSING) {
                Files.createFile(goOn);
                zombie.awaitLine(line -> line.contains("did not get through") && line.contains("NOT_COMMITTED"));
            } else {
                await().atMost(Bed.PATIENCE).until(() -> bed.members() == 2);
                Files.createFile(goOn);
            }
            successor.close();

            write(bed, HELD, HELD + LATER);
            zombie.awaitLine(("worked r-" + (HELD + LATER - 1))::equals);
            tell(kafka, bed, zombie);
        }
        promise.verify();
        assertThat(promise.works()).isEqualTo(HELD + LATER);
    }

    private void write(Bed bed, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            promise.written("r-" + i);
            bed.write("k-" + i, "r-" + i);
        }
    }

    private void tell(KafkaCluster kafka, Bed bed, ChildJvm zombie) {
        kafka.readAll(bed.marks.name()).forEach(mark -> promise.marked(Bed.id(mark.value())));
        zombie.lines().stream()
                .filter(line -> line.startsWith("worked "))
                .forEach(line -> promise.worked(line.substring("worked ".length())));
    }
}
