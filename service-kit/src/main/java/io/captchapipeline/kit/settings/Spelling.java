package io.captchapipeline.kit.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells a misspelt name from one that is none of our business.
final class Spelling {

    private static final int FORGIVEN = 2;

    /// What Kubernetes sets in every container for every service of the namespace.
    private static final Pattern SERVICE_LINK =
            Pattern.compile(".*(_SERVICE_HOST|_SERVICE_PORT(_.*)?|_PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    /// Well known elsewhere, and by chance two edits from a name of ours.
    private static final Set<String> WELL_KNOWN = Set.of("NPM_TOKEN");

    private Spelling() {}

    static boolean isServiceLink(String name, String value) {
        return SERVICE_LINK.matcher(name).matches() || value.startsWith("tcp://") || value.startsWith("udp://");
    }

    /// The known name that `name` was meant to be.
    static Optional<String> meantBy(String name, Collection<String> known) {
        if (known.contains(name) || WELL_KNOWN.contains(name)) {
            return Optional.empty();
        }
        return known.stream()
                .filter(other -> Math.abs(other.length() - name.length()) <= FORGIVEN)
                .filter(other -> !isHostBesidePort(name, other))
                .filter(other -> edits(name, other) <= FORGIVEN)
                .min(Comparator.comparingInt((String other) -> edits(name, other))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /// `X_HOST` is two edits from `X_PORT`, and another word.
    private static boolean isHostBesidePort(String name, String other) {
        return name.endsWith("_HOST") && other.endsWith("_PORT");
    }

    /// Insertions, deletions, substitutions and swaps of neighbours that lead from one to the other
    /// (Damerau-Levenshtein, optimal string alignment).
    static int edits(String from, String to) {
        var beforeLast = new int[to.length() + 1];
        var last = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            var row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                var cost = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (isSwap(from, i, to, j)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[to.length()];
    }

    private static boolean isSwap(String from, int i, String to, int j) {
        return i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
    }
}
