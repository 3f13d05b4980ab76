package io.captchapipeline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.captchapipeline.client.CaptchaException.Reason;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@WithKafka(own = true)
class BrokerAwayIT {
    private static final Captcha CAPTCHA = Captcha.turnstile("k", "https://example.com");

    private final KafkaCluster kafka;

    BrokerAwayIT(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    @Test
    void nobody_there_is_said_when_connecting() {
        var nobody = ClientConfig.to("127.0.0.1:1").patience(Duration.ofSeconds(1));

        assertThatThrownBy(() -> CaptchaClient.connect(nobody))
                .isInstanceOfSatisfying(
                        CaptchaException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE))
                .hasMessageContaining("127.0.0.1:1");
        assertThatThrownBy(() -> CaptchaClient.connect(ClientConfig.to("no address")))
                .isInstanceOfSatisfying(
                        CaptchaException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED))
                .hasMessageContaining("no address");
    }

    @Test
    void a_broker_without_the_topics_is_not_the_pipelines_and_one_that_goes_away_is_waited_for() {
        var config = ClientConfig.to(kafka.bootstrapServers()).maxOpen(100);
        assertThatThrownBy(() -> CaptchaClient.connect(config))
                .isInstanceOfSatisfying(
                        CaptchaException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED))
                .hasMessageContaining("has no topic captcha-solved");
        PipelineTopics.create(kafka);
        try (var captcha = CaptchaClient.connect(config.patience(Duration.ofSeconds(2)));
                var patient = CaptchaClient.connect(config)) {
            kafka.stop();

            var soon = captcha.submit(CAPTCHA);
            var later = patient.submit(CAPTCHA.requestId("later"));
            var tooMany = IntStream.range(0, 150)
                    .mapToObj(i -> patient.submit(CAPTCHA))
                    .toList();

            assertThatThrownBy(soon::join)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            CaptchaException.class,
                            e -> assertThat(e.reason()).isIn(Reason.UNCONFIRMED, Reason.NOT_SENT));
            assertThat(tooMany.stream().filter(future -> future.isCompletedExceptionally()))
                    .hasSizeGreaterThanOrEqualTo(51);
            assertThat(captcha.stats().open()).isZero();

            kafka.start();
            kafka.readAtLeast("captcha-submit", 1);
            kafka.produce(List.of(PipelineTopics.record(Outcomes.solved("later", "t"))));

            assertThat(later).succeedsWithin(Duration.ofSeconds(30));
        }
    }
}
