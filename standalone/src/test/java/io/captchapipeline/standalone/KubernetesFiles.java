package io.captchapipeline.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// deploy/kubernetes, as a cluster is given it.
record KubernetesFiles(List<Manifest> manifests) {

    static final Path DIRECTORY = Pages.ROOT.resolve("deploy/kubernetes");

    static KubernetesFiles read() {
        try (var files = Files.list(DIRECTORY)) {
            return new KubernetesFiles(files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .flatMap(KubernetesFiles::documents)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Manifest> documents(Path file) {
        try {
            var manifests = new ArrayList<Manifest>();
            new Yaml(new SafeConstructor(new LoaderOptions()))
                    .loadAll(Files.readString(file))
                    .forEach(body ->
                            manifests.add(new Manifest(file.getFileName().toString(), new Node(body))));
            return manifests.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Manifest> of(String kind) {
        return manifests.stream()
                .filter(manifest -> manifest.kind().equals(kind))
                .toList();
    }

    Manifest one(String kind, String name) {
        return of(kind).stream()
                .filter(manifest -> manifest.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    /// What runs the service of this name.
    Workload workload(String service) {
        return Stream.of("Deployment", "StatefulSet")
                .flatMap(kind -> of(kind).stream())
                .filter(manifest -> manifest.name().equals(service))
                .map(manifest -> new Workload(manifest, this))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing runs " + service));
    }

    record Manifest(String file, Node body) {

        String kind() {
            return body.at("kind").text();
        }

        String name() {
            return body.at("metadata", "name").text();
        }

        Node spec(String... path) {
            return body.at("spec").at(path);
        }

        @Override
        public String toString() {
            return kind() + " " + name() + " in " + file;
        }
    }

    /// A Deployment or StatefulSet of one container.
    record Workload(Manifest manifest, KubernetesFiles all) {

        Node pod() {
            return manifest.spec("template", "spec");
        }

        Node container() {
            return pod().at("containers", "0");
        }

        /// What the container is told, with this as its name.
        Map<String, String> environment(String podName) {
            var environment = new TreeMap<String, String>();
            container()
                    .at("envFrom")
                    .items()
                    .forEach(from -> all.one(
                                    "ConfigMap", from.at("configMapRef", "name").text())
                            .body()
                            .at("data")
                            .entries()
                            .forEach((name, value) -> environment.put(name, value.text())));
            var own = new LinkedHashMap<String, String>();
            for (var variable : container().at("env").items()) {
                own.put(variable.at("name").text(), value(variable, podName));
            }
            own.replaceAll((name, value) -> value.replace("$(POD_NAME)", podName));
            // For other variables alone.
            own.remove("POD_NAME");
            environment.putAll(own);
            return environment;
        }

        private String value(Node variable, String podName) {
            var elsewhere = variable.at("valueFrom", "configMapKeyRef");
            if (elsewhere.isThere()) {
                return all.one("ConfigMap", elsewhere.at("name").text())
                        .body()
                        .at("data", elsewhere.at("key").text())
                        .text();
            }
            var field = variable.at("valueFrom", "fieldRef", "fieldPath");
            return field.isThere() && field.text().equals("metadata.name")
                    ? podName
                    : variable.at("value").text();
        }

        /// The files of secrets that it sees, each with the secret and the key that it holds.
        Map<String, String> secrets() {
            var seen = new TreeMap<String, String>();
            for (var volume : pod().at("volumes").items()) {
                var place = mountOf(volume.at("name").text()).at("mountPath").text();
                for (var item : volume.at("secret", "items").items()) {
                    seen.put(
                            place + "/" + item.at("path").text(),
                            volume.at("secret", "secretName").text() + ":"
                                    + item.at("key").text());
                }
            }
            return seen;
        }

        Node mountOf(String volume) {
            return container().at("volumeMounts").items().stream()
                    .filter(mount -> mount.at("name").text().equals(volume))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(manifest + " mounts no " + volume));
        }

        Map<String, Integer> ports() {
            var ports = new TreeMap<String, Integer>();
            container()
                    .at("ports")
                    .items()
                    .forEach(port -> ports.put(
                            port.at("name").text(), port.at("containerPort").number()));
            return ports;
        }

        @Override
        public String toString() {
            return manifest.toString();
        }
    }

    /// Some place in a manifest, whether anything stands there or not.
    record Node(@Nullable Object value) {

        Node at(String... path) {
            var node = this;
            for (var step : path) {
                node = node.below(step);
            }
            return node;
        }

        private Node below(String step) {
            return switch (value) {
                case Map<?, ?> map -> new Node(map.get(step));
                case List<?> list -> new Node(list.get(Integer.parseInt(step)));
                case null, default -> new Node(null);
            };
        }

        boolean isThere() {
            return value != null;
        }

        String text() {
            return String.valueOf(value);
        }

        int number() {
            return value instanceof Integer number ? number : -1;
        }

        List<Node> items() {
            return value instanceof List<?> list ? list.stream().map(Node::new).toList() : List.of();
        }

        List<String> texts() {
            return items().stream().map(Node::text).toList();
        }

        Map<String, Node> entries() {
            var entries = new LinkedHashMap<String, Node>();
            if (value instanceof Map<?, ?> map) {
                map.forEach((key, entry) -> entries.put(key.toString(), new Node(entry)));
            }
            return entries;
        }
    }
}
