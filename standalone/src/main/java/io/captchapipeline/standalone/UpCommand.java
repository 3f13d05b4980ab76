package io.captchapipeline.standalone;

import io.captchapipeline.kit.ServiceMain;
import io.captchapipeline.kit.logging.Logging;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Environment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Everything at once, on this machine alone.
@Command(
        name = "up",
        description = "Runs all services and a broker of their own in one process, and prints READY when all is up.",
        footer = "%nCtrl-C stops it; the next one goes on from its data. Logs go to standard error.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    @Option(names = "--data", paramLabel = "DIR", description = "Where everything is kept (DATA_DIR, else ./data).")
    private @Nullable Path data;

    @Option(names = "--fresh", description = "Begin anew: delete what an earlier up left there.")
    private boolean fresh;

    @Override
    public Integer call() {
        Logging.toStandardError();
        var opened = new Opened();
        ServiceMain.closeOnSignal(opened);
        try {
            new Up(environment(), fresh, opened).start(System.out);
        } catch (RuntimeException e) {
            if (opened.isClosed()) {
                return Captcha.STAYS;
            }
            opened.close();
            throw e;
        }
        return Captcha.STAYS;
    }

    private Environment environment() {
        var process = Environment.ofProcess();
        if (data == null) {
            return process.standalone(true);
        }
        var variables = new HashMap<>(process.variables());
        variables.put(Catalogue.DATA_DIR.name(), data.toString());
        return Environment.of(variables).standalone(true);
    }
}
