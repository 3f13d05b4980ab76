package io.captchapipeline.audit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// The one table of what is secret by its name, whether it names a field, a header, a parameter of a request, of a URL
/// or of a cookie. The first line that fits decides; what no line names is judged by its form ([SecretForms]).
///
/// Names are compared in lower case and without `_`, `-`, `.` and brackets: `json_cookies` is `jsoncookies`.
final class RedactionRules {
    /// What becomes of a value.
    enum Treatment {
        /// Kept where it has the form of an id.
        ID,
        /// Kept where it is one of the words that the pipeline itself writes there.
        WORD,
        /// Kept where it is short and without blanks: public, though it looks like a secret.
        PUBLIC,
        /// Never kept: a digest and a length stand for it.
        SECRET,
        /// Judged by its form.
        BY_FORM
    }

    private record Line(Pattern name, Treatment treatment) {}

    private static final List<Line> TABLE = List.of(
            // who and what
            line("(request|task|previous|ce)?id", Treatment.ID),
            line("ticket", Treatment.WORD),
            // what a site tells everybody
            line("(google|site|website|public)key|gt|captchaid", Treatment.PUBLIC),
            // answers of solvers: as a whole, and their parts under the names that solvers give them
            line("solution.*|code|answer|text|.*response|.*token.*", Treatment.SECRET),
            line("validate|seccode|.*(validate|seccode)|lotnumber|gentime|captchaoutput|cfclearance", Treatment.SECRET),
            // keys and credentials
            line("key|.*(api|client|access|private|account|captchaai).*key|softid", Treatment.SECRET),
            line(".*(secret|passw|passphrase|credential|bearer|signature).*|pass|pwd|jwt|sig", Treatment.SECRET),
            line("auth|.*authori[sz]ation|.*authenticate|session.*|login|username", Treatment.SECRET),
            line(".*cookie.*", Treatment.SECRET),
            line(
                    "proxy|proxies|proxy(url|uri|string|login|user|pass|auth).*|.*proxy(authorization)?",
                    Treatment.SECRET),
            // images, whole
            line("body|file.*|image.*|img(?!type).*|.*base64.*|screenshot", Treatment.SECRET),
            // addresses that carry a ticket
            line("pingback.*", Treatment.SECRET));

    private static final int MOST_REMEMBERED = 1000;
    private static final int LONGEST_REMEMBERED = 64;
    private static final Pattern SEPARATORS = Pattern.compile("[-_.\\[\\]\\s]");

    private final Map<String, Treatment> remembered = new ConcurrentHashMap<>();

    Treatment of(String name) {
        if (name.length() > LONGEST_REMEMBERED) {
            return judge(name);
        }
        var known = remembered.get(name);
        if (known != null) {
            return known;
        }
        var treatment = judge(name);
        if (remembered.size() >= MOST_REMEMBERED) {
            remembered.clear();
        }
        remembered.put(name, treatment);
        return treatment;
    }

    private static Treatment judge(String name) {
        var plain = SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
        return TABLE.stream()
                .filter(line -> line.name.matcher(plain).matches())
                .map(Line::treatment)
                .findFirst()
                .orElse(Treatment.BY_FORM);
    }

    private static Line line(String name, Treatment treatment) {
        return new Line(Pattern.compile(name), treatment);
    }
}
