package io.captchapipeline.sandbox;

import static io.captchapipeline.sandbox.Pictures.base64;
import static io.captchapipeline.sandbox.Pictures.png;
import static io.captchapipeline.sandbox.TestSandbox.AT_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.twocaptcha.ApiClient;
import com.twocaptcha.TwoCaptcha;
import com.twocaptcha.captcha.Captcha;
import com.twocaptcha.captcha.GeeTest;
import com.twocaptcha.captcha.Normal;
import com.twocaptcha.captcha.ReCaptcha;
import com.twocaptcha.captcha.Text;
import com.twocaptcha.exceptions.ApiException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The solver's own client library, unchanged but for where its requests go.
class TwoCaptchaSdkTest {
    @TempDir
    Path dir;

    private TestSandbox sandbox;
    private TwoCaptcha client;

    @BeforeEach
    void start() throws Exception {
        sandbox = new TestSandbox(dir.resolve("sandbox"), AT_ONCE);
        client = new TwoCaptcha(TestSandbox.KEY);
        client.setPollingInterval(1);
        client.setHttpClient(leadingTo(sandbox.sandbox.port()));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void it_solves_by_polling() throws Exception {
        var captcha = recaptcha();
        client.solve(captcha);

        assertThat(captcha.getId()).startsWith("77");
        assertThat(captcha.getCode()).startsWith("03A").hasSize(996);
        assertThat(sandbox.sandbox.tasks().polls()).isPositive();
    }

    @Test
    void it_sees_that_a_task_is_not_ready() throws Exception {
        sandbox.sandbox.behaviour(AT_ONCE.with("solve_ms", List.of(600_000, 600_000)));

        assertThat(client.getResult(client.send(recaptcha()))).isNull();
    }

    @Test
    void it_sends_pictures_as_files_and_in_base64() throws Exception {
        var file = Files.write(dir.resolve("captcha.png"), png(5_000));
        var fromFile = new Normal(file.toString());
        var fromText = new Normal();
        fromText.setBase64(base64(png(5_000)));

        assertThat(result(client.send(fromFile))).isNotEmpty();
        assertThat(result(client.send(fromText))).isNotEmpty();
    }

    @Test
    void it_understands_structured_answers_and_texts() throws Exception {
        var geetest = new GeeTest();
        geetest.setGt("1");
        geetest.setChallenge("2");
        geetest.setUrl("https://example.com");

        assertThat(result(client.send(geetest))).startsWith("{\"challenge\":").contains("|jordan");
        assertThat(result(client.send(new Text("2+2?")))).isNotEmpty();
    }

    @Test
    void it_hands_over_a_callback() throws Exception {
        try (var receiver = new Receiver()) {
            var captcha = recaptcha();
            captcha.setCallback(receiver.url("/c"));
            var id = client.send(captcha);
            await().until(() -> receiver.callbacks.size() == 1);

            assertThat(receiver.callbacks.getFirst().id()).isEqualTo(id);
        }
    }

    @Test
    void it_reads_the_balance() throws Exception {
        assertThat(client.balance()).isEqualTo(10.0);
        client.send(recaptcha());
        assertThat(client.balance()).isEqualTo(9.99701);
    }

    @Test
    void it_reports_once() throws Exception {
        var id = client.send(recaptcha());
        result(id);
        client.report(id, true);

        assertThatThrownBy(() -> client.report(id, false))
                .isInstanceOf(ApiException.class)
                .hasMessage("ERROR_DUPLICATE_REPORT");
    }

    @Test
    void it_is_told_what_is_wrong() {
        var captcha = new ReCaptcha();
        captcha.setUrl("https://example.com");

        assertThatThrownBy(() -> client.send(captcha))
                .isInstanceOf(ApiException.class)
                .hasMessage("ERROR_WRONG_GOOGLEKEY");
        client.setApiKey("short");
        assertThatThrownBy(() -> client.balance())
                .isInstanceOf(ApiException.class)
                .hasMessage("ERROR_WRONG_USER_KEY");
    }

    private String result(String id) {
        @Nullable String result = await().until(() -> client.getResult(id), code -> code != null);
        return String.valueOf(result);
    }

    private static Captcha recaptcha() {
        var captcha = new ReCaptcha();
        captcha.setSiteKey("6Le-x");
        captcha.setUrl("https://example.com");
        return captcha;
    }

    /// It knows nothing but https on port 443. All it sends is its own; only the address is another.
    private static ApiClient leadingTo(int port) throws ReflectiveOperationException {
        var redirected = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    var url = chain.request().url().newBuilder();
                    return chain.proceed(chain.request()
                            .newBuilder()
                            .url(url.scheme("http").host("127.0.0.1").port(port).build())
                            .build());
                })
                .build();
        var client = new ApiClient();
        var field = ApiClient.class.getDeclaredField("client");
        field.setAccessible(true);
        field.set(client, redirected);
        return client;
    }
}
