package io.captchapipeline.kit.settings;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The types a setting can have.
public final class Types {

    private static final Pattern DURATION_TEXT = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
    private static final Duration A_CENTURY = Duration.ofDays(36_525);
    private static final Pattern RATE_TEXT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)/([smh])");

    public static final Type<String> TEXT = new Type<>("text", text -> text);
    public static final Type<Secret> SECRET = new Type<>("secret", Secret::new);
    public static final Type<List<Secret>> SECRETS = new Type<>(
            "secrets, separated by commas",
            text -> items(text).stream().map(Secret::new).toList());
    public static final Type<Duration> POSITIVE_DURATION = new Type<>(
            "a duration such as 500ms, 30s, 5m, 24h, 90d", text -> within(duration(text), Duration::isPositive));
    public static final Type<Optional<Duration>> DURATION_OR_OFF =
            new Type<>("a duration such as 15m, or off", text -> within(unless("off", text), Types::isPositiveOrOff));
    public static final Type<Rate> RATE = new Type<>("a rate such as 10/s, 300/m", Types::rate);
    public static final Type<Integer> PORT = integer(0, 65535, "a port, 0-65535 (0: any free one)");
    public static final Type<Boolean> BOOLEAN = new Type<>("true or false", Types::bool);
    public static final Type<Pattern> PATTERN = new Type<>("a regular expression", Pattern::compile);
    public static final Type<URI> HTTP_URL = url("an http or https URL", Set.of("http", "https"));
    public static final Type<Secret> SECRET_HTTP_URL = secret(HTTP_URL);
    public static final Type<Secret> JDBC_URL =
            secret(matching("a jdbc:sqlite: or jdbc:postgresql: URL", Pattern.compile("jdbc:(sqlite|postgresql):.+")));
    public static final Type<Path> PATH = new Type<>("a path", Path::of);
    public static final Type<String> ADDRESS =
            matching("an IP address or host name to listen on", Pattern.compile("[A-Za-z0-9.:_-]+"));
    public static final Type<List<String>> SERVERS =
            listOf("HOST:PORT, separated by commas", Pattern.compile("(\\[[0-9A-Fa-f:]+]|[^:,\\s]+):\\d{1,5}"));
    public static final Type<List<String>> ROUTE_NAMES =
            listOf("names of a-z, 0-9 and -, separated by commas", Pattern.compile("[a-z0-9-]{1,40}"));
    public static final Type<List<String>> NAMES =
            listOf("names, separated by commas", Pattern.compile("[A-Za-z0-9]+"));
    public static final Type<List<String>> NETWORKS = new Type<>(
            "addresses or networks such as 10.0.0.0/8, separated by commas",
            text -> within(items(text), items -> items.stream().allMatch(Types::isNetwork)));
    public static final Type<String> MAIL_ADDRESS =
            matching("a mail address", Pattern.compile("[^@\\s<>]+@[^@\\s<>]+"));
    public static final Type<List<String>> MAIL_ADDRESSES =
            listOf("mail addresses, separated by commas", Pattern.compile("[^@\\s<>]+@[^@\\s<>]+"));
    public static final Type<ByMethod> BY_METHOD =
            new Type<>("a duration or none, then METHOD=DURATION, separated by commas", Types::byMethod);

    private Types() {}

    public static Type<Integer> integer(int least, int most) {
        return integer(least, most, "a whole number, " + least + "-" + most);
    }

    private static Type<Integer> integer(int least, int most, String description) {
        return new Type<>(description, text -> within(Integer.valueOf(text), n -> n >= least && n <= most));
    }

    public static Type<Double> decimal(double least, double most) {
        return new Type<>(
                "a number, " + plain(least) + "-" + plain(most),
                text -> within(Double.valueOf(text), n -> n >= least && n <= most));
    }

    /// Of an enum, written in lower case.
    public static <E extends Enum<E>> Type<E> oneOf(Class<E> type) {
        var words = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(constant -> constant.name().toLowerCase(Locale.ROOT), constant -> constant));
        var description = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return new Type<>("one of " + description, text -> {
            var constant = words.get(text.toLowerCase(Locale.ROOT));
            if (constant == null) {
                throw new IllegalArgumentException();
            }
            return constant;
        });
    }

    static Type<String> matching(String description, Pattern pattern) {
        return new Type<>(
                description, text -> within(text, t -> pattern.matcher(t).matches()));
    }

    static Type<List<String>> listOf(String description, Pattern item) {
        return new Type<>(
                description,
                text -> within(
                        items(text),
                        items -> items.stream().allMatch(i -> item.matcher(i).matches())));
    }

    private static Type<URI> url(String description, Set<String> schemes) {
        return new Type<>(
                description,
                text -> within(
                        URI.create(text),
                        uri -> uri.getHost() != null
                                && uri.getScheme() != null
                                && schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT))));
    }

    /// A secret that has to look like something.
    private static Type<Secret> secret(Type<?> type) {
        return new Type<>(type.description(), text -> {
            var _ = type.parse().apply(text);
            return new Secret(text);
        });
    }

    private static boolean isNetwork(String text) {
        var slash = text.indexOf('/');
        var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        var bits = address.getAddress().length * 8;
        return slash < 0 || Integer.parseInt(text.substring(slash + 1)) <= bits;
    }

    private static <T> T within(T value, Predicate<T> allowed) {
        if (!allowed.test(value)) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private static List<String> items(String text) {
        var items = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        return within(items, all -> all.stream().noneMatch(String::isEmpty));
    }

    private static Duration duration(String text) {
        return within(unlimited(text), duration -> duration.compareTo(A_CENTURY) <= 0);
    }

    private static Duration unlimited(String text) {
        Matcher parts = matched(DURATION_TEXT, text);
        var amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static Rate rate(String text) {
        var parts = matched(RATE_TEXT, text);
        var per = duration("1" + parts.group(2));
        return new Rate(within(Double.valueOf(parts.group(1)), n -> n > 0), per);
    }

    private static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static boolean isPositiveOrOff(Optional<Duration> duration) {
        return duration.isEmpty() || duration.get().isPositive();
    }

    private static Optional<Duration> unless(String word, String text) {
        return text.equals(word) ? Optional.empty() : Optional.of(duration(text));
    }

    private static ByMethod byMethod(String text) {
        var items = items(text);
        Map<String, Optional<Duration>> named = new HashMap<>();
        for (var item : items.subList(1, items.size())) {
            var parts = within(item.split("=", 2), p -> p.length == 2 && !p[0].isBlank());
            named.put(parts[0].strip(), unless("none", parts[1].strip()));
        }
        return new ByMethod(unless("none", items.getFirst()), named);
    }

    private static Matcher matched(Pattern pattern, String text) {
        return within(pattern.matcher(text), Matcher::matches);
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
