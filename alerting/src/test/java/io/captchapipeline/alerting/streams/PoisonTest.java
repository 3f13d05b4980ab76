package io.captchapipeline.alerting.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What nobody can read, on each topic that alerting reads, is in the way of nothing.
class PoisonTest {
    @TempDir
    private Path directory;

    private TestAlerting alerting;
    private Scene scene;

    @BeforeEach
    void start() {
        alerting = new TestAlerting(directory);
        scene = new Scene(alerting);
        alerting.goOn(Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() {
        alerting.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "captcha-results",
                "captcha-failed",
                "captcha-callback-health",
                "captcha-solver-health",
                "captcha-alerting-clock",
                "captcha-alerting-figures"
            })
    void poison_is_counted_and_passed(String topic) {
        var poisoned = Topics.all().stream()
                .filter(one -> one.name().equals(topic))
                .findFirst()
                .orElseThrow();
        for (var poison : List.of("{\"at\":", "null", "", "[]")) {
            alerting.write(poisoned, poison.getBytes(UTF_8));
        }
        scene.submit("1");
        scene.callBack("1");
        alerting.goOn(Duration.ofSeconds(20));

        assertThat(alerting.snapshot("all").delivered()).isEqualTo(1);
        assertThat(alerting.metrics
                        .get("captcha.unreadable.records")
                        .tag("topic", topic)
                        .counter()
                        .count())
                .isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'k':'tasks'}",
                "{'k':'tasks','figures':{'partition':1}}",
                "{'k':'beat'}",
                "{'k':'solver','account':'main'}",
                "{'k':'dead'}",
                "{'k':'probe'}"
            })
    void a_figure_that_lacks_something_is_none(String figure) {
        alerting.write(Topics.ALERTING_FIGURES, figure.replace('\'', '"').getBytes(UTF_8));
        scene.submit("1");
        scene.callBack("1");
        alerting.goOn(Duration.ofSeconds(20));

        assertThat(alerting.snapshot("all").delivered()).isEqualTo(1);
    }
}
