package io.captchapipeline.kit.settings;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The texts of all settings, from the environment, from files that the environment names, and from what is given, in
/// that order. Empty is the same as not set.
final class Sources {

    static final String ENVIRONMENT = "environment";
    private static final String GIVEN = "this process";

    private static final int ENVIRONMENT_ORDINAL = 300;
    private static final int FILE_ORDINAL = 290;
    private static final int GIVEN_ORDINAL = 200;

    private final Map<String, String> variables;
    private final SmallRyeConfig config;

    Sources(Environment environment, List<Problem> problems) {
        variables = withoutEmptyAndServiceLinks(environment.variables());
        config = new SmallRyeConfigBuilder()
                .withSources(
                        new PropertiesConfigSource(variables, ENVIRONMENT, ENVIRONMENT_ORDINAL),
                        new PropertiesConfigSource(secretsInFiles(variables, problems), "files", FILE_ORDINAL),
                        new PropertiesConfigSource(environment.given(), GIVEN, GIVEN_ORDINAL))
                .build();
    }

    /// The environment as far as it can be ours.
    Map<String, String> variables() {
        return variables;
    }

    /// Every variable, those from files too, by name.
    Map<String, String> texts() {
        var texts = new HashMap<String, String>();
        config.getPropertyNames().forEach(name -> text(name).ifPresent(text -> texts.put(name, text)));
        return texts;
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(config.getConfigValue(name).getValue()).filter(text -> !text.isEmpty());
    }

    String origin(String name) {
        return switch (config.getConfigValue(name).getConfigSourceOrdinal()) {
            case ENVIRONMENT_ORDINAL -> ENVIRONMENT;
            case FILE_ORDINAL -> "file " + variables.get(name + "_FILE");
            default -> GIVEN;
        };
    }

    private static Map<String, String> withoutEmptyAndServiceLinks(Map<String, String> variables) {
        return variables.entrySet().stream()
                .filter(variable -> !variable.getValue().isBlank())
                .filter(variable -> !Spelling.isServiceLink(variable.getKey(), variable.getValue()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, String> secretsInFiles(Map<String, String> variables, List<Problem> problems) {
        var secrets = new HashMap<String, String>();
        secretNames().forEach(name -> {
            var file = variables.get(name + "_FILE");
            if (file == null) {
                return;
            }
            if (variables.containsKey(name)) {
                problems.add(new Problem(name, "is set, and so is " + name + "_FILE: set one of them"));
                return;
            }
            try {
                secrets.put(name, Files.readString(Path.of(file)).stripTrailing());
            } catch (IOException | IllegalArgumentException e) {
                problems.add(new Problem(
                        name + "_FILE", "names " + file + ", which cannot be read: make it a readable file"));
            }
        });
        return secrets;
    }

    private static Stream<String> secretNames() {
        return Stream.concat(
                Catalogue.all().stream().filter(Setting::secret).map(Setting::name),
                KafkaPassThrough.secretNames().stream());
    }
}
