package io.captchapipeline.standalone;

import io.captchapipeline.broker.BrokerStartFailed;
import io.captchapipeline.kit.ExitCode;
import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.settings.InvalidSettings;
import io.captchapipeline.standalone.commands.AuditCommand;
import io.captchapipeline.standalone.commands.DeadLettersCommand;
import io.captchapipeline.standalone.commands.DoctorCommand;
import io.captchapipeline.standalone.commands.ReportCommand;
import io.captchapipeline.standalone.commands.StatsCommand;
import io.captchapipeline.standalone.commands.SubmitCommand;
import io.captchapipeline.standalone.commands.TicketCommand;
import io.captchapipeline.standalone.commands.WatchCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The `captcha` command: a list of commands, and what their failures end with.
@Command(
        name = "captcha",
        description = "CAPTCHA solving as events on Kafka.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            RunCommand.class,
            SubmitCommand.class,
            WatchCommand.class,
            AuditCommand.class,
            StatsCommand.class,
            TicketCommand.class,
            ReportCommand.class,
            DoctorCommand.class,
            DeadLettersCommand.class,
            TopicsCommand.class,
            SandboxCommand.class
        },
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failure", "2:wrong usage", "78:settings that cannot be used"},
        footer = "%nSettings are environment variables: see docs/configuration.md.")
final class Captcha implements Callable<Integer> {

    /// The command returns and its process stays.
    static final int STAYS = -1;

    private final CommandLine line = new CommandLine(this)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler((wrong, arguments) -> explain(wrong))
            .setExecutionExceptionHandler((failure, at, parsed) -> tell(failure, at));

    public static void main(String[] args) {
        var exit = new Captcha().execute(args);
        if (exit != STAYS) {
            System.out.flush();
            System.err.flush();
            // Not System.exit: what closes upon a signal ends with 0, whatever happened before.
            Runtime.getRuntime().halt(exit);
        }
    }

    int execute(String... args) {
        return line.execute(args);
    }

    /// Without a command.
    @Override
    public Integer call() {
        line.usage(line.getErr());
        return ExitCode.USAGE;
    }

    private static int explain(ParameterException wrong) {
        var err = wrong.getCommandLine().getErr();
        err.println(wrong.getMessage());
        UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println();
        wrong.getCommandLine().usage(err);
        return ExitCode.USAGE;
    }

    private static int tell(Exception failure, CommandLine line) throws Exception {
        return switch (failure) {
            case InvalidSettings e -> tell(e, line, ExitCode.CONFIGURATION);
            case StartFailure e -> tell(e, line, ExitCode.FAILURE);
            case BrokerStartFailed e -> tell(e, line, ExitCode.FAILURE);
            default -> throw failure;
        };
    }

    private static int tell(Exception failure, CommandLine line, int exit) {
        line.getErr().println(failure.getMessage());
        return exit;
    }
}
