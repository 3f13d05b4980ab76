package io.captchapipeline.kit;

import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.InvalidSettings;
import io.captchapipeline.kit.settings.Settings;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs services: alone as a process, or several within one that somebody else owns.
public final class ServiceMain {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceMain.class);

    /// The longest that a process takes to end after it was told to.
    public static final Duration DRAIN = Duration.ofSeconds(20);

    private ServiceMain() {}

    /// The whole of a service's `main`: returns while the service runs, ends the process when it cannot start.
    public static void run(ServiceDefinition<?> definition, String... args) {
        var exit = start(definition, Environment.ofProcess(), System.out, System.err, args);
        if (exit != STARTED) {
            System.exit(exit);
        }
    }

    /// Runs services in this process, without ending it.
    ///
    /// @throws InvalidSettings naming everything that is wrong with the settings of all of them
    /// @throws StartFailure when one of them cannot start; those before it are closed
    public static RunningServices runAll(List<? extends ServiceDefinition<?>> definitions, Environment environment) {
        var services = open(definitions, environment);
        services.announce();
        return services;
    }

    private static RunningServices open(List<? extends ServiceDefinition<?>> definitions, Environment environment) {
        var settings = Settings.read(environment, RunningServices.names(definitions));
        settings.changed()
                .forEach((name, text) -> LOG.atInfo()
                        .addKeyValue("name", name)
                        .addKeyValue("value", text)
                        .log("Setting"));
        return RunningServices.start(definitions, settings);
    }

    /// Upon SIGTERM or SIGINT closes what runs, in at most 20 s, and ends the process with 0.
    public static void closeOnSignal(AutoCloseable running) {
        Runtime.getRuntime().addShutdownHook(new Thread(new Drain(running, DRAIN), "drain"));
    }

    private static final int STARTED = -1;

    static int start(
            ServiceDefinition<?> definition,
            Environment environment,
            PrintStream out,
            PrintStream err,
            String... args) {
        try {
            if (List.of(args).equals(List.of("--settings"))) {
                out.print(Settings.read(environment, List.of(definition.name())).table());
                return ExitCode.OK;
            }
            if (args.length > 0) {
                err.println("Usage: " + definition.name() + " [--settings]");
                return ExitCode.USAGE;
            }
            var services = open(List.of(definition), environment);
            closeOnSignal(services);
            services.announce();
            return STARTED;
        } catch (InvalidSettings e) {
            err.println(e.getMessage());
            return ExitCode.CONFIGURATION;
        } catch (StartFailure e) {
            err.println(e.getMessage());
            return ExitCode.FAILURE;
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("{} cannot start", definition.name());
            return ExitCode.FAILURE;
        }
    }
}
