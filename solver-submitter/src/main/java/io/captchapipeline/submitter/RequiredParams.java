package io.captchapipeline.submitter;

import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.Params;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What the methods that we know cannot do without, so that a mistake is answered at once and costs nothing. Methods
/// that we do not know pass with whatever they bring.
final class RequiredParams {
    /// Ours to give: the account, where to call back, the form of the answer, who wrote the software.
    private static final Set<String> RESERVED = Set.of("key", "pingback", "json", "soft_id");

    private static final Need PAGE = needs("pageurl");
    private static final Need INSTRUCTIONS = oneOf("textinstructions", "imginstructions");
    private static final Need GRID = when("recaptcha", "1", INSTRUCTIONS);
    private static final Need POINTS = when("coordinatescaptcha", "1", INSTRUCTIONS);

    private static final Map<String, List<Need>> BY_METHOD = Map.ofEntries(
            Map.entry(SubmitForm.POST, List.of(needs(SubmitForm.FILE), GRID, POINTS)),
            Map.entry(SubmitForm.BASE64, List.of(needs("body"), GRID, POINTS)),
            Map.entry(SubmitForm.TEXT, List.of(needs("textcaptcha"))),
            Map.entry("userrecaptcha", List.of(needs("googlekey"), PAGE)),
            Map.entry("turnstile", List.of(needs("sitekey"), PAGE)),
            Map.entry("hcaptcha", List.of(needs("sitekey"), PAGE)),
            Map.entry("funcaptcha", List.of(needs("publickey"), PAGE)),
            Map.entry("geetest", List.of(needs("gt"), unless("version", "4", needs("challenge")), PAGE)),
            Map.entry("geetest_v4", List.of(needs("captcha_id"), PAGE)),
            Map.entry(
                    "cloudflare_challenge",
                    List.of(PAGE, needs("proxy"), needs("proxytype"), oneOf("userAgent", "useragent"))),
            Map.entry(SubmitForm.BLS, List.of(needs("instructions"), pictures("image_base64_", 9))));

    /// Names what it misses among the params.
    private interface Need {
        Stream<String> missing(Map<String, String> params);
    }

    private RequiredParams() {}

    /// The methods that we know, which are also those that a metric may name.
    static Set<String> knownMethods() {
        return BY_METHOD.keySet();
    }

    /// What is wrong, by the names of params and never by their values; empty when nothing is. Looks at no large value,
    /// so
    /// it may be asked again and again of a request that waits.
    static Optional<String> complaint(Method method, Params params) {
        return reserved(method, params).or(() -> missing(method, params));
    }

    private static Optional<String> reserved(Method method, Params params) {
        var found = new TreeSet<String>();
        params.values().forEach((name, value) -> {
            var read = asPhpReads(name);
            var contradicts = read.equals("method") && !value.equals(method.value());
            if (RESERVED.contains(read) || contradicts) {
                found.add(read);
            }
        });
        return sentence(found, " is not for params to say", " are not for params to say");
    }

    private static Optional<String> missing(Method method, Params params) {
        var found = BY_METHOD.getOrDefault(method.value(), List.of()).stream()
                .flatMap(need -> need.missing(params.values()))
                .toList();
        return sentence(found, " is missing", " are missing");
    }

    /// The same of what has to be read whole: a picture travels in JSON as base64 and is posted as a file.
    static Optional<String> unreadable(Method method, Params params) {
        var file = params.values().get(SubmitForm.FILE);
        if (!method.value().equals(SubmitForm.POST) || file == null) {
            return Optional.empty();
        }
        try {
            SubmitForm.picture(file);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("file is not base64");
        }
    }

    /// A solver in PHP takes ` key`, `key[]` and `soft.id` for names of ours, too.
    private static String asPhpReads(String name) {
        var begin = name.stripLeading();
        int bracket = begin.indexOf('[');
        return (bracket < 0 ? begin : begin.substring(0, bracket))
                .replace('.', '_')
                .replace(' ', '_')
                .toLowerCase(Locale.ROOT);
    }

    private static Need needs(String name) {
        return oneOf(name);
    }

    private static Need oneOf(String... names) {
        return params -> Arrays.stream(names)
                        .anyMatch(name -> !params.getOrDefault(name, "").isBlank())
                ? Stream.empty()
                : Stream.of(String.join(" or ", names));
    }

    private static Need when(String name, String value, Need need) {
        return params -> value.equals(params.get(name)) ? need.missing(params) : Stream.empty();
    }

    private static Need unless(String name, String value, Need need) {
        return params -> value.equals(params.get(name)) ? Stream.empty() : need.missing(params);
    }

    private static Need pictures(String prefix, int count) {
        return params ->
                IntStream.rangeClosed(1, count).mapToObj(i -> needs(prefix + i)).flatMap(need -> need.missing(params));
    }

    private static Optional<String> sentence(Collection<String> names, String one, String several) {
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(", ", names) + (names.size() == 1 ? one : several));
    }
}
