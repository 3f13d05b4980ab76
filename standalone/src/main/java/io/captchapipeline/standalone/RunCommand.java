package io.captchapipeline.standalone;

import static java.util.Objects.requireNonNull;

import io.captchapipeline.kit.ServiceDefinition;
import io.captchapipeline.kit.ServiceMain;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// One service as a process of its own.
@Command(
        name = "run",
        description = "Runs one service, configured by environment, against KAFKA_BOOTSTRAP_SERVERS.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "SERVICE",
            description = "One of: ${COMPLETION-CANDIDATES}.",
            converter = ByName.class,
            completionCandidates = Services.Names.class)
    private @Nullable ServiceDefinition<?> service;

    @Option(names = "--settings", description = "Print the settings it would run with, secrets as ***, and stop.")
    private boolean settings;

    @Override
    public Integer call() {
        ServiceMain.run(requireNonNull(service), settings ? new String[] {"--settings"} : new String[0]);
        return Captcha.STAYS;
    }

    private static final class ByName implements ITypeConverter<ServiceDefinition<?>> {

        @Override
        public ServiceDefinition<?> convert(String name) {
            return Services.named(name)
                    .orElseThrow(() -> new TypeConversionException(
                            "no service is named '" + name + "'; known: " + String.join(", ", Services.names())));
        }
    }
}
