package io.captchapipeline.schemas.topic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// The modules, what each is for, and which of them the build knows already.
final class Modules {
    record Module(String name, String says) {}

    private static final List<Module> ALL = List.of(
            new Module("schemas", "what can be said: events, topics, who reads and writes which; Java 17, no Kafka"),
            new Module("service-kit", "how anything runs: settings, lifecycle, Kafka, HTTP, health, metrics"),
            new Module("ingress-callback", "HTTP   -> event -> topic"),
            new Module("solver-submitter", "topics -> HTTP  -> event -> topic"),
            new Module("result-router", "topics -> ledger -> topics; the results API"),
            new Module("audit-sink", "topics -> rows; the audit API"),
            new Module("alerting", "topics -> delivery statistics, rules -> alerts -> mail, webhook"),
            new Module("client", "for scrapers in Java: submit, await, fan out, route"),
            new Module("sandbox", "a solver to practise on, with faults on demand"),
            new Module("embedded-broker", "a real KRaft broker inside the JVM, for `up` and for tests"),
            new Module("standalone", "all of it in one JVM, and the `captcha` command"),
            new Module("testkit", "brokers, clocks and promises as test objects"),
            new Module("system-tests", "the whole pipeline as processes, and its promises under fire"),
            new Module("benchmarks", "every figure beside a floor or a ceiling of the same run"));

    private static final Pattern BUILT = Pattern.compile("<module>([^<]+)</module>");

    private final List<String> built;

    private Modules(List<String> built) {
        this.built = built;
    }

    /// As the root pom lists them.
    static Modules in(Path root) throws IOException {
        var pom = Files.readString(root.resolve("pom.xml"));
        return new Modules(BUILT.matcher(pom).results().map(hit -> hit.group(1)).toList());
    }

    boolean isBuilt(String name) {
        return built.contains(name);
    }

    /// In the build, but unknown to this page.
    List<String> undescribed() {
        return built.stream()
                .filter(name -> ALL.stream().noneMatch(module -> module.name().equals(name)))
                .toList();
    }

    /// The tree, one line a module.
    String tree() {
        var lines = new StringBuilder("```\n");
        for (var module : ALL) {
            var mark = isBuilt(module.name()) ? "" : "   (planned)";
            lines.append("%-18s %s%s%n".formatted(module.name() + "/", module.says(), mark));
        }
        return lines.append("```\n").toString();
    }
}
