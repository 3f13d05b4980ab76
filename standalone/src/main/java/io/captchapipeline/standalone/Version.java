package io.captchapipeline.standalone;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/// What `--version` prints.
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"captcha-pipeline " + ours(), "Java " + Runtime.version()};
    }

    /// From the jar; there is none in a class directory.
    static String ours() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }
}
