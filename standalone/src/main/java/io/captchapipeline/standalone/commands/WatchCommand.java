package io.captchapipeline.standalone.commands;

import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Topics as they come, until it is interrupted.
@Command(
        name = "watch",
        description = "Follows outcomes and alerts, or any topics, as they come.",
        footer = "%nCtrl-C stops it. Solutions are passwords of a few minutes: without --show only their beginning.",
        mixinStandardHelpOptions = true)
public final class WatchCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofMillis(500);

    @Parameters(arity = "0..*", paramLabel = "TOPIC", description = "Topics; outcomes and alerts if none is named.")
    private List<String> topics = new ArrayList<>();

    @Option(names = "--show", description = "Show solutions whole.")
    private boolean show;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Override
    public Integer call() {
        var found = Surroundings.of(Catalogue.COMMANDS);
        var usual = found.withRoutes(List.of(Topics.SOLVED, Topics.FAILED, Topics.ALERTS));
        var printed = new Printed(show);
        try (var tail = topics.isEmpty()
                ? Tail.ofWhatComes(found.kafka(), List.of(), usual)
                : Tail.ofWhatComes(found.kafka(), topics)) {
            System.err.println("Watching " + String.join(", ", topics.isEmpty() ? usual : topics));
            var told = Set.<String>of();
            while (!System.out.checkError()) {
                if (!told.equals(tail.leftOut())) {
                    told = tail.leftOut();
                    System.err.println("This account may not read " + String.join(", ", new TreeSet<>(told)));
                }
                for (var record : tail.next(PATIENCE)) {
                    System.out.println(json ? printed.json(record) : printed.line(record));
                }
            }
            return 0;
        }
    }
}
