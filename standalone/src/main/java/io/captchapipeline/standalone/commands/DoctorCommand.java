package io.captchapipeline.standalone.commands;

import io.captchapipeline.kit.ExitCode;
import io.captchapipeline.kit.settings.Catalogue;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/// Looks at everything a request needs, and says what to mend.
@Command(
        name = "doctor",
        description = "Checks settings, Kafka, services, the solver's key and balance; says what to mend.",
        footer =
                "%nEnds with 1 when something is wrong. --callback sends a ticket of ours without an answer through the"
                        + " public callback URL; nothing is stored.",
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {

    @Option(names = "--callback", description = "Send a probe through the public callback URL.")
    private boolean callback;

    @Option(names = "--json", description = "One JSON object a line: verdict, place, seen, advice.")
    private boolean json;

    @Override
    public Integer call() {
        var found =
                callback ? Surroundings.of(Catalogue.COMMANDS, Catalogue.TICKET) : Surroundings.of(Catalogue.COMMANDS);
        say(Finding.ok("settings", "readable"));
        var checkUp = new CheckUp(found);
        var wrong = false;
        for (Supplier<Finding> check : checks(checkUp)) {
            var finding = check.get();
            say(finding);
            wrong |= finding.isWrong();
        }
        return wrong ? ExitCode.FAILURE : ExitCode.OK;
    }

    private void say(Finding finding) {
        System.out.print(json ? finding.json() + "\n" : line(finding));
    }

    private List<Supplier<Finding>> checks(CheckUp checkUp) {
        List<Supplier<Finding>> always =
                List.of(checkUp::kafka, checkUp::services, checkUp::solver, checkUp::callbackUrl);
        if (!callback) {
            return always;
        }
        return List.of(checkUp::kafka, checkUp::services, checkUp::solver, checkUp::callbackUrl, checkUp::callback);
    }

    private static String line(Finding finding) {
        var verdict = finding.verdict();
        var word = Ansi.AUTO.string("@|" + verdict.colour + " " + "%-6s".formatted(verdict.word) + "|@");
        var advice = finding.advice().isEmpty() ? "" : "\n%-19s%s".formatted("", finding.advice());
        return "%s %-10s  %s%s%n".formatted(word, finding.place(), finding.seen(), advice);
    }
}
