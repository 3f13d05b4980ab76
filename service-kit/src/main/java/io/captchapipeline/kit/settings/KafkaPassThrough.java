package io.captchapipeline.kit.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/// `KAFKA_*` names that spell a setting of a Kafka client: `KAFKA_SASL_MECHANISM` is `sasl.mechanism`.
final class KafkaPassThrough {

    private static final Map<String, ConfigDef.ConfigKey> CLIENT_SETTINGS = clientSettings();

    private KafkaPassThrough() {}

    /// What the variables say for every client, by environment name; what is wrong goes to `problems`.
    static Map<String, String> read(Map<String, String> variables, List<Problem> problems) {
        var found = new TreeMap<String, String>();
        variables.forEach((name, text) -> {
            var key = CLIENT_SETTINGS.get(name);
            if (key != null) {
                found.put(name, text);
                problem(key, text).ifPresent(sentence -> problems.add(new Problem(name, sentence)));
            }
        });
        return found;
    }

    static boolean isSecret(String name) {
        var key = CLIENT_SETTINGS.get(name);
        return key != null && key.type == ConfigDef.Type.PASSWORD;
    }

    static List<String> secretNames() {
        return CLIENT_SETTINGS.keySet().stream()
                .filter(KafkaPassThrough::isSecret)
                .toList();
    }

    /// Names whose misspelling would go unnoticed and weaken or break the connection.
    static List<String> securityNames() {
        return CLIENT_SETTINGS.keySet().stream()
                .filter(name -> name.matches("KAFKA_(SECURITY|SASL|SSL)_.*"))
                .toList();
    }

    static String property(String name) {
        return name.substring("KAFKA_".length()).toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private static Optional<String> problem(ConfigDef.ConfigKey key, String text) {
        try {
            var value = ConfigDef.parseType(key.name, text, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(key.name, value);
            }
            return Optional.empty();
        } catch (ConfigException e) {
            var allowed = key.validator == null ? key.type.name().toLowerCase(Locale.ROOT) : key.validator.toString();
            return Optional.of("is not what Kafka's " + key.name + " can be: " + allowed);
        }
    }

    private static Map<String, ConfigDef.ConfigKey> clientSettings() {
        var settings = new HashMap<String, ConfigDef.ConfigKey>();
        Stream.of(ProducerConfig.configDef(), ConsumerConfig.configDef(), AdminClientConfig.configDef())
                .map(ConfigDef::configKeys)
                .flatMap(keys -> keys.values().stream())
                .forEach(key -> settings.put(environmentName(key.name), key));
        settings.remove(Catalogue.KAFKA_BOOTSTRAP_SERVERS.name());
        return Map.copyOf(settings);
    }

    private static String environmentName(String property) {
        return "KAFKA_" + property.toUpperCase(Locale.ROOT).replace('.', '_');
    }
}
