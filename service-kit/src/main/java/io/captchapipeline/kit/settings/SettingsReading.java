package io.captchapipeline.kit.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// One reading of all settings, which goes on after a problem to find the others.
final class SettingsReading implements Default.Known {

    private static final String BY_DEFAULT = "default";

    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Value<?>> values = new HashMap<>();
    private final Sources sources;
    private final Set<String> readers;
    private final boolean standalone;
    private final Map<String, String> kafka;

    SettingsReading(Environment environment, Set<String> readers) {
        this.sources = new Sources(environment, problems);
        this.readers = readers;
        this.standalone = environment.standalone();
        this.kafka = KafkaPassThrough.read(sources.texts(), problems);
    }

    /// Of the settings that the readers read; a setting without a value is not in it.
    Map<String, Value<?>> values() {
        Catalogue.all().stream().filter(this::isRead).forEach(this::read);
        new SettingsRules(values, readers, problems).check();
        spellCheck();
        return Map.copyOf(values);
    }

    Map<String, String> kafka() {
        return kafka;
    }

    void refuseProblems() {
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems.stream().map(Problem::toString).toList());
        }
    }

    @Override
    public boolean standalone() {
        return standalone;
    }

    @Override
    public Optional<String> onlyReader() {
        return readers.size() == 1 ? readers.stream().findFirst() : Optional.empty();
    }

    @Override
    public Optional<String> text(Setting<?> setting) {
        return sources.text(setting.name()).or(() -> defaultOf(setting));
    }

    private boolean isRead(Setting<?> setting) {
        return readers.stream().anyMatch(setting::isReadBy);
    }

    private Optional<String> defaultOf(Setting<?> setting) {
        return switch (setting.fallback()) {
            case Default.None none -> Optional.empty();
            case Default.Required required -> Optional.empty();
            case Default.Fixed(var text) -> Optional.of(text);
            case Default.Computed computed -> computed.compute().apply(this);
        };
    }

    private <T> void read(Setting<T> setting) {
        var text = text(setting);
        if (text.isPresent()) {
            parse(setting, text.get());
        } else if (setting.fallback() instanceof Default.Required && !isReported(setting)) {
            problems.add(new Problem(
                    setting.name(), "is missing: set it, or " + setting.fileName() + " to a file that holds it"));
        }
    }

    /// Its file could not be read, say; once is enough.
    private boolean isReported(Setting<?> setting) {
        return sources.variables().containsKey(setting.fileName());
    }

    private <T> void parse(Setting<T> setting, String text) {
        var set = sources.text(setting.name()).isPresent();
        try {
            var value = setting.type().parse().apply(text);
            values.put(
                    setting.name(),
                    new Value<>(setting, text, set ? sources.origin(setting.name()) : BY_DEFAULT, value));
        } catch (IllegalArgumentException e) {
            var said = setting.secret() ? "cannot be used" : "is '" + text + "'";
            problems.add(new Problem(
                    setting.name(), said + ": expected " + setting.type().description()));
        }
    }

    private void spellCheck() {
        var known = knownNames();
        for (var name : new TreeSet<>(sources.variables().keySet())) {
            Spelling.meantBy(name, known)
                    .ifPresent(meant -> problems.add(new Problem(name, "is no setting: did you mean " + meant + "?")));
        }
    }

    private static Set<String> knownNames() {
        var known = new TreeSet<String>();
        for (var setting : Catalogue.all()) {
            known.add(setting.name());
            if (setting.secret()) {
                known.add(setting.fileName());
            }
        }
        known.addAll(KafkaPassThrough.securityNames());
        KafkaPassThrough.secretNames().forEach(name -> known.add(name + "_FILE"));
        return known;
    }

    /// A setting's value, and where it comes from.
    record Value<T>(Setting<T> setting, String text, String origin, T value) {

        boolean isDefault() {
            return origin.equals(BY_DEFAULT);
        }

        String shown() {
            return setting.secret() && !isDefault() ? Secret.HIDDEN : text;
        }

        @SuppressWarnings("unchecked")
        <U> U as(Setting<U> wanted) {
            if (setting != (Setting<?>) wanted) {
                throw new IllegalArgumentException(wanted + " is not the one in Catalogue");
            }
            return (U) value;
        }

        @Override
        public String toString() {
            return setting + "=" + shown();
        }
    }
}
