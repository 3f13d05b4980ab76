package io.captchapipeline.schemas.event;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The form of an id: ASCII characters of one class, and how many of them at the most. A table, since several ids are
/// checked for every event.
final class IdForm {
    private static final int ASCII = 128;

    private final boolean[] allowed = new boolean[ASCII];
    private final int most;
    private final String pattern;

    /// @param characters a character class as in a pattern, with its brackets
    IdForm(String characters, int most) {
        this.most = most;
        this.pattern = characters + "{1," + most + "}";
        var one = Pattern.compile(characters);
        for (int c = 0; c < ASCII; c++) {
            allowed[c] = one.matcher(Character.toString(c)).matches();
        }
    }

    void check(@Nullable String value, String field) {
        if (!fits(Rules.required(value, field))) {
            throw new InvalidEvent(field + " does not match " + pattern);
        }
    }

    private boolean fits(String text) {
        if (text.isEmpty() || text.length() > most) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ASCII || !allowed[c]) {
                return false;
            }
        }
        return true;
    }

    /// As a pattern.
    @Override
    public String toString() {
        return pattern;
    }
}
