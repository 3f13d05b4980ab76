package io.captchapipeline.standalone.commands;

import io.captchapipeline.kit.ExitCode;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Table;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Records that nobody could read or handle: shown, and sent back where they came from.
@Command(
        name = "dead-letters",
        description = "Shows dead letters; sends one or all back where they came from.",
        footer =
                "%nreplay --all sends each of them back once: those that an earlier replay --all sent are passed over.",
        subcommands = {DeadLettersCommand.Show.class, DeadLettersCommand.Replay.class},
        mixinStandardHelpOptions = true)
public final class DeadLettersCommand implements Callable<Integer> {

    private static final List<String> HEAD = List.of("ID", "AT", "FROM", "OFFSET", "BY", "BYTES", "REASON");

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Override
    public Integer call() {
        return list(json);
    }

    private static int list(boolean json) {
        var letters =
                DeadLetterBox.at(Surroundings.of(Catalogue.COMMANDS).kafka()).letters();
        if (json) {
            letters.forEach(letter -> System.out.println(letter.json()));
            return ExitCode.OK;
        }
        if (letters.isEmpty()) {
            System.out.println("No dead letters.");
            return ExitCode.OK;
        }
        System.out.print(Table.of(
                HEAD,
                letters.stream()
                        .map(letter -> List.of(
                                letter.id(),
                                letter.at(),
                                letter.topic() + "-" + letter.partition(),
                                letter.offset(),
                                letter.service(),
                                letter.bytes(),
                                letter.reason()))
                        .toList()));
        return ExitCode.OK;
    }

    @Command(name = "list", description = "Shows them, oldest first.", mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {

        @Option(names = "--json", description = "One JSON object a line.")
        private boolean json;

        @Override
        public Integer call() {
            return list(json);
        }
    }

    @Command(name = "replay", description = "Sends one, or all, back.", mixinStandardHelpOptions = true)
    static final class Replay implements Callable<Integer> {

        @Spec
        private @Nullable CommandSpec spec;

        @Parameters(arity = "0..1", paramLabel = "ID", description = "As list shows it.")
        private @Nullable String id;

        @Option(names = "--all", description = "All that were not yet sent back so.")
        private boolean all;

        @Override
        public Integer call() {
            if (all == (id != null)) {
                throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "Name one ID, or --all");
            }
            var kafka = Surroundings.of(Catalogue.COMMANDS).kafka();
            if (id == null) {
                var replay = Resending.ofAll(kafka);
                replay.passedOver().forEach(letter -> System.err.println("Passed over " + letter));
                System.out.println(replay.sent() == 1 ? "1 record sent back." : replay.sent() + " records sent back.");
            } else {
                DeadLetterBox.at(kafka).replay(id);
                System.out.println("1 record sent back.");
            }
            return ExitCode.OK;
        }
    }
}
