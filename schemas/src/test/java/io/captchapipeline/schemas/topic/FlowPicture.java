package io.captchapipeline.schemas.topic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// A Mermaid flowchart of some contracts and the topics between them. Services are boxes, topics are cylinders, those
/// outside are round; what is only planned is dashed.
final class FlowPicture {
    private static final String STYLES = """
                classDef service fill:#dbeafe,stroke:#1d4ed8,color:#111827
                classDef planned fill:#eff6ff,stroke:#1d4ed8,color:#111827,stroke-dasharray:5 4
                classDef topic fill:#fef3c7,stroke:#b45309,color:#111827
                classDef outside fill:#f3f4f6,stroke:#6b7280,color:#111827
            """;

    private final List<String> lines = new ArrayList<>();
    private final Predicate<String> built;

    FlowPicture(Predicate<String> built) {
        this.built = built;
    }

    /// The topics that one of these contracts writes and one of them reads.
    static Set<Topic<?>> between(Collection<ServiceContract> contracts) {
        var topics = new LinkedHashSet<Topic<?>>(Topics.all());
        topics.removeIf(topic -> contracts.stream()
                        .noneMatch(contract -> contract.writes().contains(topic))
                || contracts.stream().noneMatch(contract -> contract.reads().contains(topic)));
        return topics;
    }

    FlowPicture service(ServiceContract contract) {
        var label = "<b>" + contract.name() + "</b><br/>" + contract.says();
        return add(id(contract) + "[\"" + label + "\"]:::" + (built.test(contract.name()) ? "service" : "planned"));
    }

    FlowPicture outside(String name) {
        return add(id(name) + "([" + name + "]):::outside");
    }

    FlowPicture topic(Topic<?> topic) {
        return cylinder(topic.name(), topic.name() + (topic.byRoute() ? "<br/>and .ROUTE" : ""));
    }

    /// Several topics as one.
    FlowPicture topics(String name) {
        return cylinder(name, name);
    }

    /// Whatever the contract reads and writes among these topics.
    FlowPicture edges(ServiceContract contract, Set<Topic<?>> topics) {
        for (var topic : topics) {
            var reads = contract.reads().contains(topic);
            if (contract.writes().contains(topic)) {
                add(id(contract) + (reads ? " <--> " : " --> ") + id(topic.name()));
            } else if (reads) {
                add(id(topic.name()) + " --> " + id(contract));
            }
        }
        return this;
    }

    FlowPicture arrow(String from, String label, String to) {
        return add(id(from) + " -. \"" + label + "\" .-> " + id(to));
    }

    @Override
    public String toString() {
        return "```mermaid\nflowchart LR\n    " + String.join("\n    ", lines) + "\n" + STYLES + "```\n";
    }

    private FlowPicture cylinder(String name, String label) {
        return add(id(name) + "[(\"" + label + "\")]:::topic");
    }

    private FlowPicture add(String line) {
        lines.add(line);
        return this;
    }

    private static String id(ServiceContract contract) {
        return id(contract.name());
    }

    private static String id(String name) {
        return name.replaceAll("[^a-z]", "_");
    }
}
