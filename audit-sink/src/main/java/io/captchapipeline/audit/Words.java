package io.captchapipeline.audit;

import java.util.regex.Pattern;

/// What stands between blanks, quotes and brackets.
final class Words {
    private static final String BETWEEN = " \t\n\u000B\f\r\"'<>(){},;";

    static final Pattern WORD = Pattern.compile("[^\\s\"'<>(){},;]+");

    private static final boolean[] IS_BETWEEN = new boolean[128];

    static {
        BETWEEN.chars().forEach(c -> IS_BETWEEN[c] = true);
    }

    private Words() {}

    /// Whether all of the text is one [#WORD]. Asked of almost every text there is, so it does not ask the pattern.
    static boolean isOne(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < IS_BETWEEN.length && IS_BETWEEN[c]) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
