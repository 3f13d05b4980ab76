package io.captchapipeline.standalone;

import io.captchapipeline.broker.BrokerConfig;
import io.captchapipeline.broker.BrokerDied;
import io.captchapipeline.broker.EmbeddedBroker;
import io.captchapipeline.kit.ExitCode;
import io.captchapipeline.kit.RunningServices;
import io.captchapipeline.kit.ServiceMain;
import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.kafka.TopicAdmin;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.Settings;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// One start of everything: what can be refused is refused first, then each thing stands on those before it.
record Up(UpEnvironment environment, boolean fresh, Opened opened) {

    /// A killed one's open transactions hold its successor for up to 20 s, on a busy machine for longer.
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration DRAIN = Duration.ofSeconds(15);

    Up(Environment environment, boolean fresh, Opened opened) {
        this(new UpEnvironment(environment), fresh, opened);
    }

    /// Returns when all is ready.
    void start(PrintStream out) {
        var asked = environment.settings();
        var home = opened.add(DataHome.take(asked.get(Catalogue.DATA_DIR), fresh));
        var complete = environment.complete(Ports.choose(asked), home.secrets());
        var settings = UpEnvironment.settings(complete);
        out.println("Starting in " + home.path());
        var broker = opened.add(startBroker(home, settings));
        broker.whenFailed().thenAccept(this::endBecauseOf);
        createTopics(settings);
        if (Sandboxed.is(settings)) {
            opened.add(Sandboxed.start(home.sandbox(), settings));
        }
        awaitReady(opened.add(ServiceMain.runAll(Services.ALL, complete)));
        home.tell(UpEnvironment.published(settings));
        out.println();
        out.print(Address.table(settings));
        out.printf(Locale.ROOT, "%nREADY after %.1f s. Ctrl-C stops it.%n", sinceProcessStart());
    }

    private static EmbeddedBroker startBroker(DataHome home, Settings settings) {
        return EmbeddedBroker.start(BrokerConfig.in(home.kafka()).onPort(settings.get(Catalogue.KAFKA_PORT)));
    }

    private static void createTopics(Settings settings) {
        try (var admin = TopicAdmin.of(settings)) {
            new PipelineTopics(admin, TopicAdmin.wanted(settings)).create();
        }
    }

    private static void awaitReady(RunningServices services) {
        if (!Waiting.until(() -> services.isReady() || isRefused(services.down()), LONGEST_START)) {
            throw new StartFailure("Not ready after " + LONGEST_START.toSeconds() + " s:" + told(services.down())
                    + "\nLOG_LEVEL=debug ./captcha up tells more");
        }
        if (isRefused(services.down())) {
            throw new StartFailure("Not ready:" + told(services.down()) + "\nWithout "
                    + Catalogue.CAPTCHAAI_API_KEY.name() + ", ./captcha up brings a solver to practise on");
        }
    }

    /// The solver's no to our account does not pass while we wait for it.
    private static boolean isRefused(Map<String, Map<String, Object>> down) {
        return down.getOrDefault("solver", Map.of()).containsKey("code");
    }

    private static String told(Map<String, Map<String, Object>> down) {
        return down.entrySet().stream()
                .map(check ->
                        "\n  " + check.getKey() + ": " + check.getValue().getOrDefault("reason", check.getValue()))
                .collect(Collectors.joining());
    }

    /// A broker without a disk has nothing to drain to.
    private void endBecauseOf(BrokerDied death) {
        Thread.ofPlatform().name("broker-died").start(() -> {
            System.err.println("The broker cannot go on: " + death.getMessage()
                    + "\nStopping. Mend that and run ./captcha up again: it goes on from its data.");
            opened.closeWithin(DRAIN);
            Runtime.getRuntime().halt(ExitCode.FAILURE);
        });
    }

    private static double sinceProcessStart() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()).toMillis() / 1000.0)
                .orElse(0.0);
    }
}
