package io.captchapipeline.kit.settings;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// One environment variable that the pipeline understands. Declared only in [Catalogue].
public final class Setting<T> {

    private final String name;
    private final Type<T> type;
    private final boolean secret;
    private Default fallback = new Default.None();
    private Set<String> readers = Set.of();
    private String meaning = "";

    private Setting(String name, Type<T> type, boolean secret) {
        this.name = name;
        this.type = type;
        this.secret = secret;
    }

    static <T> Setting<T> setting(String name, Type<T> type) {
        return new Setting<>(name, type, false);
    }

    /// Shown as `***`, and readable from the file that `NAME_FILE` names.
    static <T> Setting<T> secret(String name, Type<T> type) {
        return new Setting<>(name, type, true);
    }

    Setting<T> defaultsTo(String text) {
        fallback = new Default.Fixed(text);
        return this;
    }

    Setting<T> defaultsTo(String description, Function<Default.Known, Optional<String>> compute) {
        fallback = new Default.Computed(description, compute);
        return this;
    }

    Setting<T> required(String description) {
        fallback = new Default.Required(description);
        return this;
    }

    Setting<T> readBy(String... names) {
        readers = Set.of(names);
        return this;
    }

    Setting<T> means(String text) {
        meaning = text;
        return this;
    }

    public String name() {
        return name;
    }

    public boolean secret() {
        return secret;
    }

    Type<T> type() {
        return type;
    }

    Default fallback() {
        return fallback;
    }

    String meaning() {
        return meaning;
    }

    /// Nobody named means everybody.
    Set<String> readers() {
        return readers;
    }

    public boolean isReadBy(String reader) {
        return readers.isEmpty() || readers.contains(reader);
    }

    String fileName() {
        return name + "_FILE";
    }

    @Override
    public String toString() {
        return name;
    }
}
