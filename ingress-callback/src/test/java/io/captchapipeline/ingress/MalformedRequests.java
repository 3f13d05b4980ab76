package io.captchapipeline.ingress;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// Makes requests that must not be taken, the same ones for the same seed.
final class MalformedRequests {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Random random;
    private final List<Supplier<String>> kinds = List.of(
            this::noise,
            this::badEncoding,
            this::missingField,
            this::badId,
            this::forgedTicket,
            this::repeatedField,
            this::tooLong,
            this::badJson,
            this::wrongMediaType,
            this::wrongMethod,
            this::wrongPath,
            this::brokenHeaders,
            this::brokenChunks,
            this::truncated);

    MalformedRequests(long seed) {
        random = new Random(seed);
    }

    String next() {
        return kinds.get(random.nextInt(kinds.size())).get();
    }

    private String noise() {
        return bytes(1 + random.nextInt(200)) + "\r\n\r\n";
    }

    private String badEncoding() {
        var bad = pick("%", "%2", "%zz", "%g0", "%ff", "%C3", "%C3%28", "%ED%A0%80", "%80", "%F8%88%80%80%80");
        return random.nextBoolean()
                ? RawHttp.get("/callback?id=1&code=" + word() + bad)
                : RawHttp.post("/callback", FORM, "id=1&code=" + word() + bad);
    }

    private String missingField() {
        return RawHttp.get(
                "/callback" + pick("", "?", "?id=1", "?code=" + word(), "?id=&code=x", "?id=1&code=", "?=&=&", "?&&&"));
    }

    private String badId() {
        return RawHttp.get("/callback?code=x&id="
                + pick(
                        "abc",
                        "-1",
                        "1.5",
                        "+1",
                        "1%00",
                        "%D9%A1",
                        "9".repeat(33),
                        "1%0d%0aX:y",
                        "../1",
                        "'--",
                        "${x}"));
    }

    private String forgedTicket() {
        var forged =
                pick("x", "v1~~~~~1~", "v1~r-1~1~m~~1~2~" + word(), "~~~~~~~", "%7E", "a".repeat(400), "..%2f", "v1");
        return RawHttp.get("/" + pick("callback", "pingback") + "/" + forged + "?id=1&code=" + word());
    }

    private String repeatedField() {
        return random.nextBoolean()
                ? RawHttp.get("/callback?id=1&code=x&" + pick("id=1", "code=x", "id=", "code"))
                : RawHttp.post("/callback?id=1&code=x", FORM, pick("id=1", "code=y"));
    }

    private String tooLong() {
        return random.nextInt(50) > 0
                ? badId()
                : RawHttp.post("/callback", FORM, "id=1&code=" + "x".repeat(65_537 + random.nextInt(300_000)));
    }

    private String badJson() {
        return RawHttp.post(
                "/callback",
                "application/json",
                pick(
                        "{",
                        "[]",
                        "null",
                        "1",
                        "\"",
                        "{\"id\":1}",
                        "{\"id\":1,\"code\":\"x\"}}",
                        "{\"id\":[1],\"code\":\"x\"}",
                        "{\"id\":1,\"code\":\"\\udfff\"}",
                        "{\"id\":1,\"id\":1,\"code\":\"x\"}",
                        "[".repeat(3_000),
                        bytes(40)));
    }

    private String wrongMediaType() {
        return RawHttp.post(
                "/callback", pick("text/xml", "a/b", ";", "application/json;charset=utf-7", "\u00e9"), "id=1&code=x");
    }

    private String wrongMethod() {
        return pick("PUT", "DELETE", "BREW", "PATCH", "get", "OPTIONS")
                + " /callback?id=1&code=x HTTP/1.1\r\nHost: t\r\n\r\n";
    }

    private String wrongPath() {
        return RawHttp.get(pick(
                        "/",
                        "//",
                        "/callback/a/b",
                        "/%63allback/x/y",
                        "/callback/../x",
                        "*",
                        "http://",
                        "/\u00ff",
                        "/callback/%")
                + "?id=1&code=" + word());
    }

    private String brokenHeaders() {
        return "GET /callback?id=1&code=x"
                + pick(
                        " HTTP/9.9\r\n",
                        "\r\nX\u0000: y\r\n",
                        " HTTP/1.1\r\nContent-Length: -1\r\n",
                        " HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n",
                        " HTTP/1.1\r\nContent-Length: x\r\n",
                        " HTTP/1.1\r\nX: " + "y".repeat(17_000) + "\r\n")
                + "\r\n";
    }

    private String brokenChunks() {
        return "POST /callback HTTP/1.1\r\nHost: t\r\nContent-Type: " + FORM + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                + pick("zz\r\nid=1&code=x\r\n0\r\n\r\n", "-1\r\n", "ffffffffff\r\n", "5\r\nid=1&\r\n0\r\n\r\n");
    }

    private String truncated() {
        var whole = RawHttp.post("/callback", FORM, "id=1&code=" + word());
        return whole.substring(0, 1 + random.nextInt(whole.length() - 1));
    }

    private String word() {
        return Long.toString(random.nextLong(), 36).replace("-", "");
    }

    private String bytes(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append((char) random.nextInt(256));
        }
        return text.toString();
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
