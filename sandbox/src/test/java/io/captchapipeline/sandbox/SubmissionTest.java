package io.captchapipeline.sandbox;

import static io.captchapipeline.sandbox.Pictures.base64;
import static io.captchapipeline.sandbox.Pictures.png;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SubmissionTest {
    private static final String PAGE = "pageurl=https://example.com/login?a=b";

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("ERROR_BAD_PARAMETERS", ""),
                arguments("ERROR_BAD_PARAMETERS", "method=No such thing!"),
                arguments("ERROR_WRONG_GOOGLEKEY", "method=userrecaptcha " + PAGE),
                arguments("ERROR_GOOGLEKEY", "method=userrecaptcha googlekey= " + PAGE),
                arguments("ERROR_PAGEURL", "method=userrecaptcha googlekey=6Le"),
                arguments("ERROR_PAGEURL", "method=userrecaptcha googlekey=6Le pageurl=example.com"),
                arguments("ERROR_BAD_PARAMETERS", "method=userrecaptcha version=v4 googlekey=6Le " + PAGE),
                arguments("ERROR_BAD_PARAMETERS", "method=userrecaptcha version=v3 min_score=7 googlekey=6Le " + PAGE),
                arguments("ERROR_BAD_PARAMETERS", "method=turnstile " + PAGE),
                arguments("ERROR_PAGEURL", "method=turnstile sitekey=0x4"),
                arguments("ERROR_BAD_PARAMETERS", "method=hcaptcha " + PAGE),
                arguments("ERROR_BAD_PARAMETERS", "method=geetest gt=1 " + PAGE),
                arguments("ERROR_PAGEURL", "method=geetest gt=1 challenge=2"),
                arguments("ERROR_BAD_PARAMETERS", "method=geetest version=4 " + PAGE),
                arguments("ERROR_BAD_PARAMETERS", "method=geetest_v4 " + PAGE),
                arguments("ERROR_BAD_PARAMETERS", "method=funcaptcha " + PAGE),
                arguments("ERROR_BAD_PARAMETERS", "method=keycaptcha s_s_c_user_id=1 " + PAGE),
                arguments("ERROR_BAD_PARAMETERS", "method=cloudflare_challenge " + PAGE),
                arguments(
                        "ERROR_BAD_PARAMETERS", "method=cloudflare_challenge proxy=1.2.3.4:80 proxytype=HTTP " + PAGE),
                arguments("ERROR_BAD_PARAMETERS", "method=bls instructions=66x"),
                arguments("ERROR_BAD_PARAMETERS", "method=bls instructions=664"),
                arguments("ERROR_ZERO_CAPTCHA_FILESIZE", "method=post"),
                arguments("ERROR_ZERO_CAPTCHA_FILESIZE", "method=base64"),
                arguments("ERROR_ZERO_CAPTCHA_FILESIZE", "method=base64 body=" + base64(png(99))),
                arguments("ERROR_TOO_BIG_CAPTCHA_FILESIZE", "method=base64 body=" + base64(png(1024 * 1024 + 1))),
                arguments("ERROR_UPLOAD", "method=base64 body=data:image/png;base64," + base64(png(200))),
                arguments(
                        "ERROR_UPLOAD", "method=base64 body=" + base64(png(200)).replace("AAAA", "A*A!")),
                arguments("ERROR_IMAGE_TYPE_NOT_SUPPORTED", "method=base64 body=" + base64(new byte[200])),
                arguments("ERROR_BAD_PARAMETERS", "method=base64 recaptcha=1 body=" + base64(png(200))),
                arguments("ERROR_BAD_PARAMETERS", "method=x proxy=1.2.3.4:80"),
                arguments("ERROR_BAD_PARAMETERS", "method=x proxy=1.2.3.4:80 proxytype=FTP"),
                arguments("ERROR_PROXY_FORMAT", "method=x proxytype=HTTP proxy=HTTP:1.2.3.4:80:user:secret"),
                arguments("ERROR_BAD_PARAMETERS", "method=x pingback=example.com/callback"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_the_real_one_rejects_is_rejected(String code, String fields) {
        assertThat(of(fields)).isEqualTo(new Submission.Unsound(code));
    }

    static Stream<Arguments> taken() {
        return Stream.of(
                arguments(Kind.RECAPTCHA_V2, "method=userrecaptcha googlekey=6Le-_x " + PAGE),
                arguments(Kind.RECAPTCHA_V2, "method=userrecaptcha invisible=1 googlekey=6Le " + PAGE),
                arguments(Kind.RECAPTCHA_V3, "method=userrecaptcha version=v3 min_score=0.3 googlekey=6Le " + PAGE),
                arguments(Kind.TURNSTILE, "method=turnstile sitekey=0x4 " + PAGE),
                arguments(
                        Kind.CLOUDFLARE,
                        "method=cloudflare_challenge proxy=a:b@1.2.3.4:80 proxytype=socks5 userAgent=Moz " + PAGE),
                arguments(Kind.GEETEST, "method=geetest gt=1 challenge=2 " + PAGE),
                arguments(Kind.GEETEST_V4, "method=geetest version=4 gt=1 " + PAGE),
                arguments(Kind.GEETEST_V4, "method=geetest_v4 captcha_id=1 " + PAGE),
                arguments(Kind.FUNCAPTCHA, "method=funcaptcha publickey=1 " + PAGE),
                arguments(Kind.TOKEN, "method=hcaptcha sitekey=1 " + PAGE),
                arguments(Kind.TOKEN, "method=captcha_of_next_year anything=1"),
                arguments(Kind.TEXT, "textcaptcha=2+2"),
                arguments(Kind.TEXT, "method=post textcaptcha=2+2"),
                arguments(Kind.IMAGE, "method=base64 body=" + base64(png(100))),
                arguments(Kind.IMAGE, "method=base64 body=" + base64(png(1024 * 1024))),
                arguments(Kind.ROTATE, "method=rotatecaptcha body=" + base64(png(100))),
                arguments(Kind.GRID, "method=base64 recaptcha=1 textinstructions=cars body=" + base64(png(100))),
                arguments(
                        Kind.COORDINATES,
                        "method=base64 coordinatescaptcha=1 textinstructions=cars body=" + base64(png(100))),
                arguments(Kind.BLS, "method=bls instructions=664" + nine(base64(png(200)))));
    }

    @ParameterizedTest
    @MethodSource("taken")
    void what_the_real_one_takes_is_taken(Kind kind, String fields) {
        assertThat(of(fields)).isEqualTo(new Submission.Sound(kind, new Caller("", 0), null));
    }

    @Test
    void one_bad_picture_of_nine_is_found() {
        var good = nine(base64(png(200)));
        var bad = good.replaceFirst("image_base64_7=[^ ]*", "image_base64_7=" + base64(png(20)));

        assertThat(of("method=bls instructions=664" + bad))
                .isEqualTo(new Submission.Unsound("ERROR_ZERO_CAPTCHA_FILESIZE"));
    }

    @Test
    void a_key_has_32_characters() {
        assertThat(Submission.of(params("key=" + "k".repeat(31) + " method=x")))
                .isEqualTo(new Submission.Unsound("ERROR_WRONG_USER_KEY"));
        assertThat(Submission.of(params("method=x"))).isEqualTo(new Submission.Unsound("ERROR_WRONG_USER_KEY"));
    }

    @Test
    void a_pingback_is_kept_with_who_it_is_for() {
        var url = "http://localhost:8080/callback/" + TestSandbox.ticket("r-1", 2);

        assertThat(of("method=x pingback=" + url))
                .isEqualTo(new Submission.Sound(Kind.TOKEN, new Caller("r-1", 2), url));
    }

    private static Submission of(String fields) {
        return Submission.of(params("key=" + TestSandbox.KEY + " " + fields));
    }

    private static Params params(String text) {
        var fields = new HashMap<String, String>();
        for (var field : text.split(" (?=[a-zA-Z_0-9]+=)")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(
                        field.substring(0, equals), field.substring(equals + 1).strip());
            }
        }
        return new Params(fields, Map.of(), true, false);
    }

    private static String nine(String picture) {
        var parts = new StringBuilder();
        for (int i = 1; i <= 9; i++) {
            parts.append(" image_base64_")
                    .append(i)
                    .append("=data:image/png;base64,")
                    .append(picture);
        }
        return parts.toString();
    }
}
