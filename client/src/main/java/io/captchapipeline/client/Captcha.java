package io.captchapipeline.client;

import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.Params;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.SubmitRequest;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is to be solved, and how long it may take. Immutable: each method returns another one.
///
/// The factories name what the common methods need; [#with] adds any other parameter of any method, in the solver's
/// words. Prints the names of its parameters only: among the values are proxy passwords and cookies.
public final class Captcha {
    /// They are the pipeline's own to say.
    private static final Set<String> RESERVED = Set.of("key", "pingback", "json", "soft_id");

    private static final String USER_RECAPTCHA = "userrecaptcha";
    private static final String PAGE_URL = "pageurl";
    private static final String ON = "1";

    private final SubmitRequest request;

    private Captcha(SubmitRequest request) {
        this.request = request;
    }

    /// Any method that the solver knows.
    public static Captcha of(String method) {
        return new Captcha(
                new SubmitRequest(null, new Method(method), new Params(Map.of()), null, null, null, Map.of()));
    }

    /// reCAPTCHA v2; see [#invisible] and [#enterprise].
    public static Captcha recaptchaV2(String siteKey, String pageUrl) {
        return of(USER_RECAPTCHA).with("googlekey", siteKey).with(PAGE_URL, pageUrl);
    }

    /// reCAPTCHA v3.
    ///
    /// @param action what the page says it is doing, for example `verify`
    public static Captcha recaptchaV3(String siteKey, String pageUrl, String action) {
        return recaptchaV2(siteKey, pageUrl).with("version", "v3").with("action", action);
    }

    /// Cloudflare Turnstile.
    public static Captcha turnstile(String siteKey, String pageUrl) {
        return of("turnstile").with("sitekey", siteKey).with(PAGE_URL, pageUrl);
    }

    /// A page of Cloudflare's that asks the browser itself. Its cookie is bound to the proxy and the user agent.
    public static Captcha cloudflareChallenge(String pageUrl, String proxyType, String proxy, String userAgent) {
        return of("cloudflare_challenge")
                .with(PAGE_URL, pageUrl)
                .proxy(proxyType, proxy)
                .userAgent(userAgent);
    }

    /// GeeTest v3.
    ///
    /// @param challenge a new one for every request
    public static Captcha geetest(String gt, String challenge, String pageUrl) {
        return of("geetest").with("gt", gt).with("challenge", challenge).with(PAGE_URL, pageUrl);
    }

    /// GeeTest v4, as CaptchaAI calls it. At 2captcha it is the method `geetest_v4` with `captcha_id`.
    public static Captcha geetestV4(String captchaId, String pageUrl) {
        return of("geetest").with("gt", captchaId).with("version", "4").with(PAGE_URL, pageUrl);
    }

    /// hCaptcha, where the solver still takes it.
    public static Captcha hcaptcha(String siteKey, String pageUrl) {
        return of("hcaptcha").with("sitekey", siteKey).with(PAGE_URL, pageUrl);
    }

    /// Text in a picture, up to about 2 MiB of it.
    public static Captcha image(byte[] picture) {
        return of("base64").with("body", Base64.getEncoder().encodeToString(picture));
    }

    /// One more parameter, or another value of one, in the solver's words.
    ///
    /// @throws IllegalArgumentException for `key`, `pingback`, `json` and `soft_id`, which are the pipeline's
    public Captcha with(String name, String value) {
        if (RESERVED.contains(name)) {
            throw new IllegalArgumentException(name + " is set by the pipeline, not by a request");
        }
        var more = new LinkedHashMap<>(request.params().values());
        more.put(name, value);
        return copy(request.requestId(), more, request.route(), request.timeoutSeconds(), request.maxAttempts());
    }

    /// The widget is not shown; the page calls it by script.
    public Captcha invisible() {
        return with("invisible", ON);
    }

    /// The site uses the enterprise version.
    public Captcha enterprise() {
        return with("enterprise", ON);
    }

    /// The least score that a solution of reCAPTCHA v3 must have; over 0.3 is rarely to be had.
    public Captcha minScore(double score) {
        return with("min_score", Double.toString(score));
    }

    /// What the page says it is doing.
    public Captcha action(String action) {
        return with("action", action);
    }

    /// The solver is to come from there.
    ///
    /// @param type `HTTP`, `HTTPS`, `SOCKS4` or `SOCKS5`
    /// @param address `login:password@host:port`, or `host:port`
    public Captcha proxy(String type, String address) {
        return with("proxytype", type).with("proxy", address);
    }

    /// The browser that the solution will be used by.
    public Captcha userAgent(String userAgent) {
        return with("userAgent", userAgent);
    }

    /// A name by which the answer is told apart, and for which the outcomes may have topics of their own.
    public Captcha route(String route) {
        return copy(
                request.requestId(),
                request.params().values(),
                new Route(route),
                request.timeoutSeconds(),
                request.maxAttempts());
    }

    /// The request ends by then, one way or the other. Whole seconds.
    public Captcha timeout(Duration timeout) {
        var seconds = Math.toIntExact(timeout.toSeconds());
        return copy(request.requestId(), request.params().values(), request.route(), seconds, request.maxAttempts());
    }

    /// How many times the solver may be asked, each time at a price; 2 unless said otherwise.
    public Captcha maxAttempts(int attempts) {
        return copy(
                request.requestId(), request.params().values(), request.route(), request.timeoutSeconds(), attempts);
    }

    /// A name of your own, by which the pipeline knows a repeat: it gets no second outcome, see [CaptchaClient#get].
    public Captcha requestId(String id) {
        return requestId(new RequestId(id));
    }

    /// Something to find again on the answer, at most 1 KiB in all.
    public Captcha metadata(String name, String value) {
        var more = new LinkedHashMap<>(request.metadata());
        more.put(name, value);
        return new Captcha(new SubmitRequest(
                request.requestId(),
                request.method(),
                request.params(),
                request.route(),
                request.timeoutSeconds(),
                request.maxAttempts(),
                more));
    }

    /// What is written to `captcha-submit`.
    SubmitRequest request() {
        return request;
    }

    Captcha requestId(RequestId id) {
        return copy(id, request.params().values(), request.route(), request.timeoutSeconds(), request.maxAttempts());
    }

    Optional<RequestId> id() {
        return Optional.ofNullable(request.requestId());
    }

    Optional<Duration> timeout() {
        return Optional.ofNullable(request.timeoutSeconds()).map(Duration::ofSeconds);
    }

    private Captcha copy(
            @Nullable RequestId id,
            Map<String, String> params,
            @Nullable Route route,
            @Nullable Integer timeoutSeconds,
            @Nullable Integer maxAttempts) {
        return new Captcha(new SubmitRequest(
                id, request.method(), new Params(params), route, timeoutSeconds, maxAttempts, request.metadata()));
    }

    @Override
    public String toString() {
        return "Captcha[" + request.method() + " " + request.params() + "]";
    }
}
