package io.captchapipeline.sandbox;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Makes up answers that look like real ones. The same task always has the same answer, so none is kept.
final class Answers {
    static final String USER_AGENT =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

    private static final String BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final String HEX = "0123456789abcdef";
    private static final String LETTERS = "abcdefghkmnprstuvwxyz23456789";
    /// One picture in so many shows a word that must not be taken for an error.
    private static final int PICTURES_PER_TRAP = 16;

    private Answers() {}

    /// @param variant 0 for the answer, anything else for one that contradicts it
    static Answer of(Kind kind, long taskId, int variant) {
        var random = new SplittableRandom(taskId * 31 + variant);
        return switch (kind) {
            case IMAGE -> Answer.text(random.nextInt(PICTURES_PER_TRAP) == 0 ? "ERROR" : some(LETTERS, 6, random));
            case TEXT -> Answer.text(some(LETTERS, 8, random));
            case ROTATE -> number(random.nextInt(1, 360));
            case COORDINATES -> coordinates(random);
            case GRID -> Answer.text("click:" + cells(9, "/", random));
            case BLS -> bls(random);
            case RECAPTCHA_V2 -> Answer.text("03A" + some(BASE64URL, 993, random));
            case RECAPTCHA_V3 -> Answer.text("03A" + some(BASE64URL, 2045, random));
            case TURNSTILE -> turnstile(random);
            case CLOUDFLARE -> cloudflare(random);
            case GEETEST -> geetest(random);
            case GEETEST_V4 -> geetestV4(random);
            case FUNCAPTCHA -> funcaptcha(random);
            case KEYCAPTCHA -> keycaptcha(random);
            case CAPY ->
                object(Map.of(
                        "captchakey",
                        "PUZZLE_" + some(LETTERS, 12, random),
                        "challengekey",
                        some(BASE64URL, 32, random),
                        "answer",
                        some(LETTERS, 40, random)));
            case LEMIN ->
                object(Map.of(
                        "answer", "0xaxakx0xaxaax0xaxak" + some(LETTERS, 12, random), "challenge_id", uuid(random)));
            case AMAZON_WAF ->
                object(Map.of(
                        "captcha_voucher",
                        some(BASE64URL, 600, random),
                        "existing_token",
                        uuid(random) + ":" + some(BASE64, 40, random)));
            case TOKEN -> Answer.text(some(BASE64URL, 400, random));
        };
    }

    private static Answer number(int number) {
        return new Answer(Integer.toString(number), Json.tree(number), Map.of());
    }

    private static Answer coordinates(SplittableRandom random) {
        var points = Json.object().putArray("points");
        for (int i = 0; i < 3; i++) {
            points.addObject()
                    .put("x", Integer.toString(random.nextInt(300)))
                    .put("y", Integer.toString(random.nextInt(200)));
        }
        var plain = points.valueStream()
                .map(point -> "x=" + point.get("x").textValue() + ",y="
                        + point.get("y").textValue())
                .collect(Collectors.joining(";", "coordinates:", ""));
        return new Answer(plain, points, Map.of());
    }

    /// Vendors send the list as a text or as a list; so does this one, task by task.
    private static Answer bls(SplittableRandom random) {
        var text = "[" + cells(9, ", ", random) + "]";
        var list = Json.object().putArray("cells");
        for (var cell : text.substring(1, text.length() - 1).split(", ")) {
            list.add(Integer.parseInt(cell));
        }
        return new Answer(text, random.nextBoolean() ? TextNode.valueOf(text) : list, Map.of());
    }

    private static Answer turnstile(SplittableRandom random) {
        var token =
                "0." + some(BASE64URL, 600, random) + "." + some(BASE64URL, 22, random) + "." + some(HEX, 64, random);
        return new Answer(token, TextNode.valueOf(token), Map.of("useragent", USER_AGENT));
    }

    /// In JSON a text that is JSON itself.
    private static Answer cloudflare(SplittableRandom random) {
        var clearance = some(BASE64URL, 43, random) + "-1767225600-1.2.1.1-" + some(BASE64URL, 300, random);
        var json = Json.object().put("userAgent", USER_AGENT);
        json.putObject("cookies").put("cf_clearance", clearance);
        return new Answer(
                "cf_clearance=" + clearance + ";user_agent=" + USER_AGENT, TextNode.valueOf(json.toString()), Map.of());
    }

    private static Answer geetest(SplittableRandom random) {
        var validate = some(HEX, 32, random);
        return Answer.structure(Json.object()
                .put("challenge", some(HEX, 34, random))
                .put("validate", validate)
                .put("seccode", validate + "|jordan"));
    }

    private static Answer geetestV4(SplittableRandom random) {
        return Answer.structure(Json.object()
                .put("captcha_id", some(HEX, 32, random))
                .put("lot_number", some(HEX, 32, random))
                .put("pass_token", some(HEX, 64, random))
                .put("gen_time", Integer.toString(1_767_225_600 + random.nextInt(1_000_000)))
                .put("captcha_output", some(BASE64, 340, random) + "=="));
    }

    private static Answer funcaptcha(SplittableRandom random) {
        return Answer.text(
                some(HEX, 17, random) + "." + random.nextInt(1_000_000_000) + "|r=ap-southeast-1|metabgclr=transparent|"
                        + "guitextcolor=%23000000|lang=en|pk=" + uuid(random).toUpperCase(Locale.ROOT)
                        + "|at=40|ag=101|cdn_url=https%3A%2F%2Fcdn.arkoselabs.com%2Ffc|"
                        + "surl=https%3A%2F%2Fclient-api.arkoselabs.com");
    }

    private static Answer keycaptcha(SplittableRandom random) {
        return Answer.text(
                some(HEX, 32, random) + "|" + some(HEX, 32, random) + "|http://back10.keycaptcha.com/swfs/ckc/"
                        + some(HEX, 32, random) + "-|" + some(HEX, 16, random) + "-3.6.5.019|1");
    }

    private static Answer object(Map<String, String> fields) {
        var json = Json.object();
        fields.keySet().stream().sorted().forEach(name -> json.put(name, fields.get(name)));
        return Answer.structure(json);
    }

    /// Some numbers from 1 to `most`, in order, at least one.
    private static String cells(int most, String separator, SplittableRandom random) {
        int chosen = random.nextInt(1, 1 << most);
        return IntStream.rangeClosed(1, most)
                .filter(cell -> (chosen & (1 << (cell - 1))) != 0)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(separator));
    }

    private static String uuid(SplittableRandom random) {
        return String.join(
                "-",
                some(HEX, 8, random),
                some(HEX, 4, random),
                some(HEX, 4, random),
                some(HEX, 4, random),
                some(HEX, 12, random));
    }

    private static String some(String alphabet, int length, SplittableRandom random) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
