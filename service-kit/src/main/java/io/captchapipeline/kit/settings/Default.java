package io.captchapipeline.kit.settings;

import java.util.Optional;
import java.util.function.Function;

/// What a setting is when nobody sets it, and how the reference page says so.
sealed interface Default {

    String description();

    /// Nothing; whoever reads it does without.
    record None() implements Default {
        @Override
        public String description() {
            return "none";
        }
    }

    /// The start is refused.
    record Required(String description) implements Default {}

    record Fixed(String description) implements Default {}

    /// Follows from how the process was started and from other settings; an empty answer is like [None].
    record Computed(String description, Function<Known, Optional<String>> compute) implements Default {}

    /// What a computed default may depend on.
    interface Known {
        /// All services in one JVM, as `./captcha up` runs them.
        boolean standalone();

        /// The service that runs here, unless several do.
        Optional<String> onlyReader();

        /// Another setting's text, its own default included.
        Optional<String> text(Setting<?> other);
    }
}
