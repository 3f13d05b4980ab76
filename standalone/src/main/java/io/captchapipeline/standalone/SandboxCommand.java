package io.captchapipeline.standalone;

import io.captchapipeline.kit.ServiceMain;
import io.captchapipeline.kit.logging.Logging;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.Settings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// The solver to practise on, as a process of its own.
@Command(
        name = "sandbox",
        description = "Runs the sandbox solver alone, on SANDBOX_PORT, with its tasks in DATA_DIR/sandbox.",
        footer = "%n./captcha up brings it by itself when there is no CAPTCHAAI_API_KEY.",
        mixinStandardHelpOptions = true)
final class SandboxCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        Logging.toStandardError();
        var settings = Settings.read(Environment.ofProcess(), List.of(Catalogue.COMMANDS));
        var opened = new Opened();
        ServiceMain.closeOnSignal(opened);
        opened.add(Sandboxed.start(settings.get(Catalogue.DATA_DIR).resolve(DataHome.SANDBOX), settings));
        return Captcha.STAYS;
    }
}
