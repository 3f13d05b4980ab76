package io.captchapipeline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithKafka(own = true)
class ClientExamplesIT {
    private static final Captcha LOGIN =
            Captcha.turnstile("k", "https://example.com").route("login");

    private final KafkaCluster kafka;
    private PlayedRouter router;

    ClientExamplesIT(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    @BeforeAll
    static void create(KafkaCluster kafka) {
        PipelineTopics.create(kafka);
    }

    @BeforeEach
    void play() {
        router = PlayedRouter.answering(
                kafka,
                request -> List.of(PipelineTopics.record(Outcomes.solved(
                        request,
                        "token of "
                                + Objects.requireNonNull(request.requestId()).value()))));
    }

    @AfterEach
    void end() {
        router.close();
    }

    @Test
    void the_first_example_returns_a_token() {
        var token = ClientExamples.submitAndAwait(kafka.bootstrapServers(), "6Le", "https://example.com");

        assertThat(token).startsWith("token of ");
        assertThat(router.seen())
                .singleElement()
                .satisfies(request -> assertThat(request.route()).hasToString("login"));
    }

    @Test
    void the_others_run_on_one_client() {
        try (var captcha = CaptchaClient.connect(ClientConfig.to(kafka.bootstrapServers()))) {
            assertThat(ClientExamples.bothEnds(captcha, LOGIN)).startsWith("token of ");
            ClientExamples.batch(captcha, List.of(LOGIN, LOGIN, LOGIN));
            assertThat(ClientExamples.handlers(captcha, LOGIN)).succeedsWithin(Duration.ofSeconds(30));
            ClientExamples.take(captcha);
            try (var _ = ClientExamples.workers(captcha)) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> captcha.stats().open() == 0);
            }
            ClientExamples.report(captcha, captcha.solve(LOGIN).orThrow(), true);
            assertThat(captcha.stats().answered()).isEqualTo(6);
        }
    }
}
