package io.captchapipeline.standalone;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// docker-compose.yml as somebody without a `.env` runs it.
record ComposeFile(Map<String, Service> services, Map<String, Object> whole) {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(:?)-([^}]*)}");
    private static final Pattern SECONDS = Pattern.compile("(\\d+)s");

    static ComposeFile read() {
        return of(yaml(ROOT.resolve("docker-compose.yml")));
    }

    static Map<String, Object> yaml(Path file) {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ComposeFile of(Map<String, Object> whole) {
        var services = new LinkedHashMap<String, Service>();
        map(whole.get("services")).forEach((name, body) -> services.put(name, new Service(name, map(body))));
        return new ComposeFile(services, whole);
    }

    Service service(String name) {
        return requireNonNull(services.get(name), name);
    }

    /// Behind a key, where nothing stands.
    private record NoValue() {}

    /// Where a port of this machine leads to.
    record Published(String address, int port, int inside) {

        static Published of(String text) {
            var parts = text.split(":");
            return parts.length == 2
                    ? new Published("0.0.0.0", Integer.parseInt(parts[0]), Integer.parseInt(parts[1]))
                    : new Published(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        }
    }

    record Service(String name, Map<String, Object> body) {

        String image() {
            return String.valueOf(body.get("image"));
        }

        List<String> command() {
            return texts("command");
        }

        /// With what stands for variables that nobody set; without what is empty then.
        Map<String, String> environment() {
            return environment(Map.of());
        }

        /// With what somebody's `.env` says.
        Map<String, String> environment(Map<String, String> said) {
            var environment = new LinkedHashMap<String, String>();
            map(body.get("environment")).forEach((variable, value) -> {
                var text =
                        value instanceof NoValue ? said.getOrDefault(variable, "") : resolved(value.toString(), said);
                if (!text.isEmpty()) {
                    environment.put(variable, text);
                }
            });
            return environment;
        }

        List<Published> ports() {
            return texts("ports").stream().map(Published::of).toList();
        }

        List<String> volumes() {
            return texts("volumes");
        }

        /// Services that this one waits for, and until when.
        Map<String, String> dependsOn() {
            var conditions = new LinkedHashMap<String, String>();
            map(body.get("depends_on"))
                    .forEach((other, how) -> conditions.put(other, String.valueOf(map(how).get("condition"))));
            return conditions;
        }

        Optional<List<String>> healthCheck() {
            return Optional.ofNullable(body.get("healthcheck"))
                    .map(check -> list(map(check).get("test")));
        }

        Duration gracePeriod() {
            var text = String.valueOf(body.get("stop_grace_period"));
            var seconds = SECONDS.matcher(text);
            return seconds.matches() ? Duration.ofSeconds(Long.parseLong(seconds.group(1))) : Duration.ZERO;
        }

        /// Rather than ending when its work is done.
        boolean runsOn() {
            return "unless-stopped".equals(body.get("restart"));
        }

        boolean isOurs() {
            return body.containsKey("build");
        }

        @Override
        public String toString() {
            return name;
        }

        private List<String> texts(String key) {
            return list(body.get(key));
        }

        private static String resolved(String text, Map<String, String> said) {
            return VARIABLE.matcher(text).replaceAll(found -> {
                var value = said.get(found.group(1));
                var counts =
                        value != null && !(value.isEmpty() && found.group(2).equals(":"));
                return Matcher.quoteReplacement(counts ? value : found.group(3));
            });
        }
    }

    private static List<String> list(@Nullable Object value) {
        return value instanceof List<?> entries
                ? entries.stream().map(Object::toString).toList()
                : List.of();
    }

    private static Map<String, Object> map(@Nullable Object value) {
        var map = new LinkedHashMap<String, Object>();
        if (value instanceof Map<?, ?> entries) {
            entries.forEach((key, entry) -> map.put(key.toString(), entry == null ? new NoValue() : entry));
        }
        return map;
    }
}
