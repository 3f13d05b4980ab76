package io.captchapipeline.sandbox;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Something that the solver insists on before it takes a submission.
@FunctionalInterface
interface Need {
    Need PAGE_URL = params -> Forms.isUrl(params.get("pageurl")) ? null : Codes.PAGE_URL;
    Need GOOGLE_KEY = Forms::googleKey;
    Need PROXY = params -> params.has("proxy") ? null : Codes.BAD_PARAMETERS;
    Need USER_AGENT = params -> params.has("userAgent") || params.has("useragent") ? null : Codes.BAD_PARAMETERS;
    Need IMAGE = Images::problem;
    Need BLS_IMAGES = Images::problemOfBls;
    Need INSTRUCTIONS = params ->
            params.has("textinstructions") || params.has("imginstructions") || params.upload("imginstructions") != null
                    ? null
                    : Codes.BAD_PARAMETERS;
    /// What is asked of a proxy and of a pingback wherever they are given.
    Need SOUND_EXTRAS = Forms::extras;

    /// The code that refuses, null when there is none.
    @Nullable
    String problem(Params params);

    static Need fields(String... names) {
        return params -> Stream.of(names).allMatch(params::has) ? null : Codes.BAD_PARAMETERS;
    }

    static Need match(String name, Pattern form) {
        return params -> {
            var value = params.get(name);
            return value != null && form.matcher(value).matches() ? null : Codes.BAD_PARAMETERS;
        };
    }

    static @Nullable String firstProblem(Stream<Need> needs, Params params) {
        return needs.map(need -> need.problem(params))
                .filter(problem -> problem != null)
                .findFirst()
                .orElse(null);
    }

    /// The forms of single parameters.
    final class Forms {
        private static final int LONGEST_URL = 2048;
        private static final Pattern URL = Pattern.compile("https?://[^\\s/?#]+\\S*", Pattern.CASE_INSENSITIVE);
        private static final Pattern PROXY_ADDRESS = Pattern.compile("(?:[^\\s@]+:[^\\s@]+@)?[^\\s:@/]+:[0-9]{1,5}");
        private static final Set<String> PROXY_TYPES = Set.of("HTTP", "HTTPS", "SOCKS4", "SOCKS5");

        private Forms() {}

        private static boolean isUrl(@Nullable String text) {
            return text != null && URL.matcher(text).matches();
        }

        private static @Nullable String googleKey(Params params) {
            var key = params.get("googlekey");
            if (key == null) {
                return Codes.WRONG_GOOGLE_KEY;
            }
            return key.isEmpty() || key.chars().anyMatch(Character::isWhitespace) ? Codes.GOOGLE_KEY : null;
        }

        private static @Nullable String extras(Params params) {
            var pingback = params.get("pingback");
            if (pingback != null && !pingback.isEmpty() && (!isUrl(pingback) || pingback.length() > LONGEST_URL)) {
                return Codes.BAD_PARAMETERS;
            }
            return params.has("proxy") ? proxy(params) : null;
        }

        private static @Nullable String proxy(Params params) {
            var type = params.get("proxytype");
            if (type == null || !PROXY_TYPES.contains(type.toUpperCase(Locale.ROOT))) {
                return Codes.BAD_PARAMETERS;
            }
            var address = params.get("proxy");
            return address != null && PROXY_ADDRESS.matcher(address).matches() ? null : Codes.PROXY_FORMAT;
        }
    }
}
