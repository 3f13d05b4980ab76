package io.captchapipeline.sandbox;

import static io.captchapipeline.sandbox.Need.fields;
import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A method of the protocol: what it makes, and what it needs in the order in which the solver looks at it.
record SolverMethod(Kind kind, List<Need> needs) {
    private static final SolverMethod IMAGE = method(Kind.IMAGE, Need.IMAGE);
    private static final SolverMethod GRID = method(Kind.GRID, Need.IMAGE, Need.INSTRUCTIONS);
    private static final SolverMethod COORDINATES = method(Kind.COORDINATES, Need.IMAGE, Need.INSTRUCTIONS);
    private static final SolverMethod TEXT = method(Kind.TEXT);
    private static final SolverMethod RECAPTCHA_V2 = method(Kind.RECAPTCHA_V2, Need.GOOGLE_KEY, Need.PAGE_URL);
    private static final SolverMethod RECAPTCHA_V3 =
            method(Kind.RECAPTCHA_V3, Need.GOOGLE_KEY, Need.PAGE_URL, SolverMethod::score);
    private static final SolverMethod GEETEST = method(Kind.GEETEST, fields("gt", "challenge"), Need.PAGE_URL);
    private static final SolverMethod GEETEST_V4_OF_CAPTCHA_AI = method(Kind.GEETEST_V4, fields("gt"), Need.PAGE_URL);

    private static final Map<String, SolverMethod> OTHERS = Map.ofEntries(
            entry("rotatecaptcha", method(Kind.ROTATE, Need.IMAGE)),
            entry("turnstile", method(Kind.TURNSTILE, fields("sitekey"), Need.PAGE_URL)),
            entry("hcaptcha", method(Kind.TOKEN, fields("sitekey"), Need.PAGE_URL)),
            entry("cloudflare_challenge", method(Kind.CLOUDFLARE, Need.PAGE_URL, Need.PROXY, Need.USER_AGENT)),
            entry("geetest_v4", method(Kind.GEETEST_V4, fields("captcha_id"), Need.PAGE_URL)),
            entry("funcaptcha", method(Kind.FUNCAPTCHA, fields("publickey"), Need.PAGE_URL)),
            entry("bls", method(Kind.BLS, Need.match("instructions", Pattern.compile("[0-9]{1,6}")), Need.BLS_IMAGES)),
            entry(
                    "keycaptcha",
                    method(
                            Kind.KEYCAPTCHA,
                            fields(
                                    "s_s_c_user_id",
                                    "s_s_c_session_id",
                                    "s_s_c_web_server_sign",
                                    "s_s_c_web_server_sign2"),
                            Need.PAGE_URL)),
            entry("capy", method(Kind.CAPY, fields("captchakey"), Need.PAGE_URL)),
            entry("lemin", method(Kind.LEMIN, fields("captcha_id"), Need.PAGE_URL)),
            entry("amazon_waf", method(Kind.AMAZON_WAF, fields("sitekey", "iv", "context"), Need.PAGE_URL)));

    /// Methods that are not listed here are taken as they are: the protocol gains some every year.
    private static final SolverMethod UNKNOWN = method(Kind.TOKEN);

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,40}");

    /// Null where the parameters name none.
    static @Nullable SolverMethod of(Params params) {
        if (params.has("textcaptcha")) {
            return TEXT;
        }
        var name = params.get("method");
        if (name == null || !NAME.matcher(name).matches()) {
            return null;
        }
        return switch (name) {
            case "post", "base64" -> image(params);
            case "userrecaptcha" -> recaptcha(params);
            case "geetest" -> params.is("version", "4") ? GEETEST_V4_OF_CAPTCHA_AI : GEETEST;
            default -> OTHERS.getOrDefault(name, UNKNOWN);
        };
    }

    @Nullable
    String problem(Params params) {
        return Need.firstProblem(Stream.concat(needs.stream(), Stream.of(Need.SOUND_EXTRAS)), params);
    }

    private static SolverMethod image(Params params) {
        if (params.is("recaptcha", "1")) {
            return GRID;
        }
        return params.is("coordinatescaptcha", "1") ? COORDINATES : IMAGE;
    }

    private static @Nullable SolverMethod recaptcha(Params params) {
        return switch (params.fields().getOrDefault("version", "v2")) {
            case "v2", "" -> RECAPTCHA_V2;
            case "v3" -> RECAPTCHA_V3;
            default -> null;
        };
    }

    private static @Nullable String score(Params params) {
        var score = params.get("min_score");
        return score == null || score.matches("0(\\.[0-9]+)?|1(\\.0+)?") ? null : Codes.BAD_PARAMETERS;
    }

    private static SolverMethod method(Kind kind, Need... needs) {
        return new SolverMethod(kind, List.of(needs));
    }
}
