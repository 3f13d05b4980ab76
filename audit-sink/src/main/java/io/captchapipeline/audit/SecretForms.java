package io.captchapipeline.audit;

import java.util.regex.Pattern;

/// What looks like a secret, whatever it is called. Ids, UUIDs, times, names and plain language do not.
final class SecretForms {
    /// Nothing shorter is taken for a token, nor looked at for one.
    private static final int SHORTEST_TOKEN = 16;
    private static final int LONGEST_WORD = 28;
    private static final int LONGEST_NUMBER = 32;
    private static final int LONG_MIXTURE = 40;
    private static final int MOST_HUMPS = 4;
    private static final int LONGEST_TEXT = 2048;

    private static final Pattern TICKET = Pattern.compile(".*\\bv\\d+~.*~.*", Pattern.DOTALL);
    private static final Pattern CREDENTIALS = Pattern.compile("[^\\s:]+:[^\\s@]*@\\S+");
    private static final Pattern DATA_URI = Pattern.compile("(?is).*\\bdata:[^\\s,]{0,100},.*");

    private SecretForms() {}

    /// A text that cannot be kept, not even in parts.
    static boolean isSecretAsAWhole(String text) {
        return text.length() > LONGEST_TEXT || (has(text, ':') && has(text, ',') && matches(DATA_URI, text));
    }

    /// Whether a word, which is what stands between blanks and quotes, looks like a secret.
    static boolean isSecret(String word) {
        return (has(word, '~') && matches(TICKET, word))
                || (has(word, '@') && matches(CREDENTIALS, word))
                || isToken(word);
    }

    /// Asked before a pattern that nothing without this character fits: most texts are plain, and patterns are dear.
    private static boolean has(String text, char needed) {
        return text.indexOf(needed) >= 0;
    }

    private static boolean matches(Pattern pattern, String text) {
        return pattern.matcher(text).matches();
    }

    private static boolean isToken(String word) {
        if (word.length() < SHORTEST_TOKEN) {
            return false;
        }
        var whole = new Letters();
        var part = new Letters();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                part.add(c);
                whole.add(c);
            } else {
                if (part.areAToken()) {
                    return true;
                }
                part = new Letters();
            }
        }
        return part.areAToken() || (whole.count >= LONG_MIXTURE && whole.areAMixture());
    }

    /// Letters and digits that follow each other, counted.
    private static final class Letters {
        private int count;
        private int digits;
        private int upper;
        private int lower;
        private int humps;
        private boolean lastIsLower;

        void add(char c) {
            count++;
            boolean isLower = Character.isLowerCase(c);
            boolean isUpper = Character.isUpperCase(c);
            digits += Character.isDigit(c) ? 1 : 0;
            upper += isUpper ? 1 : 0;
            lower += isLower ? 1 : 0;
            humps += isUpper && lastIsLower ? 1 : 0;
            lastIsLower = isLower;
        }

        boolean areAToken() {
            if (digits == count) {
                return count > LONGEST_NUMBER;
            }
            return count >= LONGEST_WORD || (count >= SHORTEST_TOKEN && (digits > 0 || humps >= MOST_HUMPS));
        }

        boolean areAMixture() {
            return digits > 0 && upper > 0 && lower > 0;
        }
    }
}
