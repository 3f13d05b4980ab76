package io.captchapipeline.schemas.topic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// ARCHITECTURE.md: what stands between its markers is made here, everything else is written by people.
final class ArchitecturePage {
    private static final List<ServiceContract> REQUEST_PATH =
            List.of(Pipeline.SCRAPERS, Pipeline.RESULT_ROUTER, Pipeline.SOLVER_SUBMITTER, Pipeline.INGRESS_CALLBACK);

    private final Path file;
    private final Modules modules;

    ArchitecturePage(Path root) throws IOException {
        this.file = root.resolve("ARCHITECTURE.md");
        this.modules = Modules.in(root);
    }

    String asWritten() throws IOException {
        return Files.readString(file);
    }

    /// The page with all that is generated made anew.
    String asItShouldBe() throws IOException {
        var page = asWritten();
        page = replace(page, "flow", flow());
        page = replace(page, "watch", watch());
        page = replace(page, "topics", topics());
        return replace(page, "modules", modules.tree());
    }

    void rewrite() throws IOException {
        Files.writeString(file, asItShouldBe());
    }

    /// From a request to its outcome: the topics that the services on that path use among themselves.
    private String flow() {
        var topics = FlowPicture.between(REQUEST_PATH);
        var picture = picture().outside("scrapers");
        REQUEST_PATH.stream()
                .filter(contract -> !contract.equals(Pipeline.SCRAPERS))
                .forEach(picture::service);
        picture.outside("solver");
        topics.forEach(picture::topic);
        REQUEST_PATH.forEach(contract -> picture.edges(contract, topics));
        return picture.arrow("solver-submitter", "in.php, res.php", "solver")
                .arrow("solver", "callback", "ingress-callback")
                .toString();
    }

    /// Who watches: all that the first picture leaves out. The topics it shows stand here as one.
    private String watch() {
        var onPath = FlowPicture.between(REQUEST_PATH);
        var others = new LinkedHashSet<Topic<?>>(Topics.all());
        others.removeAll(onPath);
        var picture = picture();
        Pipeline.services().forEach(picture::service);
        picture.outside("operators").topics("topics of the request");
        others.forEach(picture::topic);
        Pipeline.services().stream()
                .filter(contract -> !contract.equals(Pipeline.AUDIT_SINK))
                .forEach(contract -> picture.edges(contract, others));
        picture.edges(Pipeline.OPERATORS, others);
        return picture.arrow("topics of the request", names(Pipeline.ALERTING.reads(), onPath::contains), "alerting")
                .arrow("topics of the request", "every audited topic, those here too", "audit-sink")
                .arrow("alerting", "e-mail, webhook", "operators")
                .toString();
    }

    private FlowPicture picture() {
        return new FlowPicture(modules::isBuilt);
    }

    private static String names(List<Topic<?>> topics, Predicate<Topic<?>> wanted) {
        return topics.stream()
                .filter(wanted)
                .map(topic -> topic.name().replaceFirst("captcha-", ""))
                .collect(Collectors.joining(", "));
    }

    private static String topics() {
        var table = new StringBuilder("""
                | topic | key | written by | read by | kept | audited | says |
                | --- | --- | --- | --- | --- | --- | --- |
                """);
        for (var topic : Topics.all()) {
            table.append("| `%s`%s | %s | %s | %s | %s | %s | %s |%n"
                    .formatted(
                            topic.name(),
                            topic.byRoute() ? ", and `.ROUTE`" : "",
                            topic.key(),
                            parties(topic, ServiceContract::writes),
                            parties(topic, ServiceContract::reads),
                            kept(topic.retention()),
                            topic.audited() ? "yes" : "no",
                            topic.says()));
        }
        return table.toString();
    }

    /// The audit trail has a column of its own.
    private static String parties(Topic<?> topic, Function<ServiceContract, List<Topic<?>>> side) {
        var parties = new LinkedHashSet<>(Pipeline.services());
        parties.addAll(Pipeline.neighbours());
        return parties.stream()
                .filter(contract -> !contract.equals(Pipeline.AUDIT_SINK))
                .filter(contract -> side.apply(contract).contains(topic))
                .map(ServiceContract::name)
                .collect(Collectors.joining(", "));
    }

    private static String kept(Retention retention) {
        return retention instanceof Retention.For kept ? words(kept.time()) : "newest of each key";
    }

    private static String words(Duration time) {
        return time.toHours() < 48 ? time.toHours() + " h" : time.toDays() + " d";
    }

    private static String replace(String page, String name, String content) {
        var start = "<!-- generated: " + name + " -->\n";
        var end = "<!-- /generated: " + name + " -->";
        int from = page.indexOf(start);
        int to = page.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalStateException("ARCHITECTURE.md has no pair of markers for " + name);
        }
        return page.substring(0, from + start.length()) + "\n" + content + "\n" + page.substring(to);
    }
}
