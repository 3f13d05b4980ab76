package io.captchapipeline.kit.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// All settings of a process, valid: whoever holds this need not check again. Reading them collects every problem
/// before it refuses.
public final class Settings {

    private final Map<String, SettingsReading.Value<?>> values;
    private final Map<String, String> kafka;
    private final Set<String> readers;
    private final boolean standalone;

    private Settings(
            Map<String, SettingsReading.Value<?>> values,
            Map<String, String> kafka,
            Set<String> readers,
            boolean standalone) {
        this.values = values;
        this.kafka = kafka;
        this.readers = readers;
        this.standalone = standalone;
    }

    /// The settings that the named services, or commands, read.
    ///
    /// @throws InvalidSettings naming everything that is wrong
    public static Settings read(Environment environment, Collection<String> readers) {
        var reading = new SettingsReading(environment, Set.copyOf(readers));
        var values = reading.values();
        reading.refuseProblems();
        return new Settings(values, reading.kafka(), Set.copyOf(readers), environment.standalone());
    }

    /// A setting that has a value, by its default at the latest.
    public <T> T get(Setting<T> setting) {
        return find(setting)
                .orElseThrow(() -> new IllegalArgumentException(setting + " may be absent: read it with find"));
    }

    public <T> Optional<T> find(Setting<T> setting) {
        if (readers.stream().noneMatch(setting::isReadBy)) {
            throw new IllegalArgumentException(
                    setting + " is not read by " + String.join(", ", readers) + ": declare it in Catalogue");
        }
        return Optional.ofNullable(values.get(setting.name())).map(value -> value.as(setting));
    }

    /// Whether somebody set it, as opposed to its default.
    public boolean isSet(Setting<?> setting) {
        return Optional.ofNullable(values.get(setting.name()))
                .map(value -> !value.isDefault())
                .orElse(false);
    }

    /// All services in one JVM, as `./captcha up` runs them.
    public boolean standalone() {
        return standalone;
    }

    /// The same, for one of the readers alone.
    public Settings of(String reader) {
        return new Settings(values, kafka, Set.of(reader), standalone);
    }

    /// Where the results, audit and alerting APIs listen: nowhere but here without a token.
    public String apiAddress() {
        return find(Catalogue.API_TOKEN).isPresent() ? get(Catalogue.BIND_ADDRESS) : "127.0.0.1";
    }

    /// Settings of Kafka's clients, by Kafka's names.
    public Map<String, String> kafka() {
        var properties = new TreeMap<String, String>();
        kafka.forEach((name, text) -> properties.put(KafkaPassThrough.property(name), text));
        return properties;
    }

    /// What somebody set of all that one of these readers reads, as it was written: for another process of the same
    /// owner. Secrets are among it.
    public Map<String, String> set(Collection<String> readers) {
        var texts = new TreeMap<String, String>();
        for (var setting : Catalogue.all()) {
            var value = values.get(setting.name());
            if (value != null && !value.isDefault() && readers.stream().anyMatch(setting::isReadBy)) {
                texts.put(setting.name(), value.text());
            }
        }
        return texts;
    }

    /// One line a setting: what it is, secrets hidden, and where that comes from.
    public String table() {
        return Table.of(List.of("setting", "value", "from"), shown());
    }

    /// What differs from the defaults, secrets hidden, for the log.
    public Map<String, String> changed() {
        var changed = new TreeMap<String, String>();
        values.forEach((name, value) -> {
            if (!value.isDefault()) {
                changed.put(name, value.shown());
            }
        });
        kafka.forEach((name, text) -> changed.put(name, shownKafka(name, text)));
        return changed;
    }

    @Override
    public String toString() {
        return "Settings" + changed();
    }

    private List<List<String>> shown() {
        var rows = new ArrayList<List<String>>();
        for (var setting : Catalogue.all()) {
            if (readers.stream().anyMatch(setting::isReadBy)) {
                var value = values.get(setting.name());
                rows.add(
                        value == null
                                ? List.of(setting.name(), "", "not set")
                                : List.of(setting.name(), value.shown(), value.origin()));
            }
        }
        kafka.forEach((name, text) -> rows.add(List.of(name, shownKafka(name, text), Sources.ENVIRONMENT)));
        return rows;
    }

    private static String shownKafka(String name, String text) {
        return KafkaPassThrough.isSecret(name) ? Secret.HIDDEN : text;
    }
}
