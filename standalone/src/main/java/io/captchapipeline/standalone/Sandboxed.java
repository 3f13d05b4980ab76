package io.captchapipeline.standalone;

import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.sandbox.Sandbox;
import io.captchapipeline.sandbox.SandboxConfig;
import java.nio.file.Path;

/// The solver that `up` brings where nobody named an account at a real one.
final class Sandboxed {

    private Sandboxed() {}

    static boolean is(Settings settings) {
        return settings.find(Catalogue.CAPTCHAAI_API_KEY).isEmpty();
    }

    static Sandbox start(Path directory, Settings settings) {
        return Sandbox.start(new SandboxConfig(
                directory, settings.get(Catalogue.BIND_ADDRESS), settings.get(Catalogue.SANDBOX_PORT)));
    }
}
