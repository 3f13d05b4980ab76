package io.captchapipeline.submitter;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.Params;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequiredParamsTest {
    private static final String NINE_PICTURES = IntStream.rangeClosed(1, 9)
            .mapToObj(i -> "image_base64_" + i + "=x")
            .collect(Collectors.joining(";"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "post                 | file=aGk",
                "base64               | body=aGk",
                "base64               | body=aGk;recaptcha=1;textinstructions=cars",
                "base64               | body=aGk;coordinatescaptcha=1;imginstructions=aGk",
                "text                 | textcaptcha=2+2",
                "userrecaptcha        | googlekey=k;pageurl=p",
                "userrecaptcha        | googlekey=k;pageurl=p;version=v3;action=verify",
                "turnstile            | sitekey=k;pageurl=p",
                "hcaptcha             | sitekey=k;pageurl=p",
                "funcaptcha           | publickey=k;pageurl=p",
                "geetest              | gt=g;challenge=c;pageurl=p",
                "geetest              | gt=g;version=4;pageurl=p",
                "geetest_v4           | captcha_id=c;pageurl=p",
                "cloudflare_challenge | pageurl=p;proxy=1.2.3.4:8;proxytype=HTTP;userAgent=u",
                "cloudflare_challenge | pageurl=p;proxy=1.2.3.4:8;proxytype=HTTP;useragent=u"
            })
    void what_has_all_it_needs_passes(String method, String params) {
        assertThat(complaint(method, params)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "post                 | numeric=1                       | file is missing",
                "base64               | body=                           | body is missing",
                "base64               | body=aGk;recaptcha=1            | textinstructions or imginstructions is missing",
                "post                 | file=aGk;coordinatescaptcha=1   | textinstructions or imginstructions is missing",
                "text                 | lang=en                         | textcaptcha is missing",
                "userrecaptcha        | pageurl=p                       | googlekey is missing",
                "userrecaptcha        | invisible=1                     | googlekey, pageurl are missing",
                "turnstile            | pageurl=p                       | sitekey is missing",
                "hcaptcha             | sitekey=k                       | pageurl is missing",
                "funcaptcha           | sitekey=k;pageurl=p             | publickey is missing",
                "geetest              | gt=g;pageurl=p                  | challenge is missing",
                "geetest              | version=4;pageurl=p             | gt is missing",
                "geetest_v4           | gt=g;pageurl=p                  | captcha_id is missing",
                "cloudflare_challenge | pageurl=p                       | proxy, proxytype, userAgent or useragent are missing"
            })
    void what_is_missing_is_named(String method, String params, String complaint) {
        assertThat(complaint(method, params)).contains(complaint);
    }

    @Test
    void nine_pictures_are_nine() {
        assertThat(complaint("bls", "instructions=664;" + NINE_PICTURES)).isEmpty();
        assertThat(complaint("bls", "instructions=664;" + NINE_PICTURES.replace(";image_base64_7=x", "")))
                .contains("image_base64_7 is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"amazon_waf", "keycaptcha", "something_new"})
    void a_method_that_we_do_not_know_passes(String method) {
        assertThat(complaint(method, "anything=x")).isEmpty();
        assertThat(complaint(method, "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "key, key",
        "pingback, pingback",
        "json, json",
        "soft_id, soft_id",
        "' key', key",
        "key[], key",
        "soft.id, soft_id",
        "soft id, soft_id",
        "KEY, key"
    })
    void what_is_ours_to_say_is_refused_however_it_is_spelt(String name, String told) {
        assertThat(complaint("something_new", name + "=s3cr3t")).contains(told + " is not for params to say");
    }

    @Test
    void several_of_them_are_all_named() {
        assertThat(complaint("turnstile", "pingback=u;key=k")).contains("key, pingback are not for params to say");
    }

    @Test
    void a_method_among_the_params_may_not_contradict() {
        assertThat(complaint("turnstile", "sitekey=k;pageurl=p;method=turnstile"))
                .isEmpty();
        assertThat(complaint("turnstile", "sitekey=k;pageurl=p;method=hcaptcha"))
                .contains("method is not for params to say");
    }

    @ParameterizedTest
    @CsvSource({"not base64!, file is not base64", "aGk=aGk=x, file is not base64", "===, file is not base64"})
    void a_file_that_is_none_is_refused(String file, String complaint) {
        var params = new Params(Map.of("file", file));

        assertThat(RequiredParams.unreadable(new Method("post"), params)).contains(complaint);
    }

    @Test
    void a_complaint_repeats_no_value() {
        var complaints = Stream.of("key=s3cr3t", "method=s3cr3t", "pageurl=s3cr3t", "proxy=s3cr3t;pingback=s3cr3t")
                .map(params -> complaint("turnstile", params).orElseThrow());

        assertThat(complaints).noneMatch(text -> text.contains("s3cr3t"));
    }

    private static Optional<String> complaint(String method, String params) {
        return RequiredParams.complaint(new Method(method), params(params));
    }

    private static Params params(String text) {
        var params = new LinkedHashMap<String, String>();
        for (var pair : text.split(";")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                params.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return new Params(params);
    }
}
