package io.captchapipeline.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.client.CaptchaException.Reason;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.SubmitRequest;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Wire;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The tests play the router.
@WithKafka(own = true)
class SubmitIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Captcha CAPTCHA = Captcha.recaptchaV2("6Le", "https://example.com");

    private final KafkaCluster kafka;

    SubmitIT(KafkaCluster kafka) {
        this.kafka = kafka;
    }

    @BeforeAll
    static void create(KafkaCluster kafka) {
        PipelineTopics.create(kafka);
        PipelineTopics.createFor(kafka, "login");
    }

    @Test
    void every_request_gets_its_own_committed_outcome() {
        try (var router = router(request -> List.of(PipelineTopics.record(solved(request))));
                var captcha = connect()) {
            var captchas = IntStream.range(0, 300)
                    .mapToObj(i -> CAPTCHA.metadata("n", "" + i))
                    .toList();

            var collected = captcha.submitAll(captchas).collect(LONG);

            assertThat(collected.missing()).isEmpty();
            assertThat(collected.answers()).hasSize(300).allSatisfy((id, answer) -> {
                assertThat(answer.requestId()).isEqualTo(id);
                assertThat(answer.orThrow().token()).isEqualTo("token of " + id);
            });
            assertThat(collected.answers().values().stream()
                            .map(answer -> answer.metadata().get("n")))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 300).mapToObj(i -> "" + i).toList());
            assertThat(captcha.stats()).isEqualTo(new ClientStats(0, 300, 0));
            assertThat(router.seen()).allMatch(request -> Objects.equals(request.timeoutSeconds(), 20));
        }
    }

    @Test
    void of_several_none_is_sent_where_two_are_of_one_id() {
        try (var router = router(request -> List.of(PipelineTopics.record(solved(request))));
                var captcha = connect()) {
            var twice = List.of(CAPTCHA, CAPTCHA.requestId("same"), CAPTCHA.requestId("same"));
            assertThatThrownBy(() -> captcha.submitAll(twice)).isInstanceOf(IllegalArgumentException.class);

            captcha.submit(CAPTCHA.requestId("later")).orTimeout(60, SECONDS).join();
            assertThat(router.seen()).extracting(SubmitRequest::key).containsExactly("later");
            assertThat(captcha.stats().open()).isZero();
        }
    }

    @Test
    void an_outcome_on_a_topic_of_its_route_is_found() {
        try (var _ = router(request -> List.of(PipelineTopics.record("captcha-solved.login", solved(request))));
                var captcha = connect()) {
            var answer = captcha.submit(CAPTCHA.route("login"))
                    .orTimeout(60, SECONDS)
                    .join();

            assertThat(answer.orThrow().token()).isEqualTo("token of " + answer.requestId());
            assertThat(answer.route()).hasToString("Optional[login]");
        }
    }

    @Test
    void a_route_that_gets_its_own_topics_later_is_found_there() {
        var route = "late";
        Function<SubmitRequest, List<ProducerRecord<byte[], byte[]>>> creating = request -> {
            PipelineTopics.createFor(kafka, route);
            return List.of(PipelineTopics.record("captcha-solved." + route, solved(request)));
        };
        try (var _ = router(creating);
                var captcha = connect()) {
            var answer =
                    captcha.submit(CAPTCHA.route(route)).orTimeout(60, SECONDS).join();

            assertThat(answer.orThrow().token()).isEqualTo("token of " + answer.requestId());
        }
    }

    @Test
    void a_failed_outcome_is_an_answer() {
        try (var _ = router(request ->
                        List.of(PipelineTopics.record(Outcomes.failed(id(request), "ERROR_CAPTCHA_UNSOLVABLE"))));
                var captcha = connect()) {
            var answer = captcha.solve(CAPTCHA);

            assertThat(answer).isInstanceOf(Answer.Failed.class);
            assertThatThrownBy(answer::orThrow).isInstanceOf(NotSolved.class);
        }
    }

    @Test
    void a_record_that_is_no_outcome_is_passed_and_counted() {
        Function<SubmitRequest, List<ProducerRecord<byte[], byte[]>>> badThenGood = request -> List.of(
                new ProducerRecord<>("captcha-solved", id(request).getBytes(UTF_8), "{\"status\":".getBytes(UTF_8)),
                PipelineTopics.record(solved(request)));
        try (var _ = router(badThenGood);
                var captcha = connect()) {
            var answer = captcha.solve(CAPTCHA);

            assertThat(answer.orThrow().token()).isEqualTo("token of " + answer.requestId());
            assertThat(captcha.stats().unreadable()).isEqualTo(1);
        }
    }

    @Test
    void a_result_that_never_comes_ends_after_its_time_and_the_grace() {
        try (var _ = router(request -> List.of());
                var captcha = CaptchaClient.connect(config().grace(Duration.ofSeconds(1)))) {
            assertThatThrownBy(() -> captcha.solve(CAPTCHA.requestId("never").timeout(Duration.ofSeconds(1))))
                    .isInstanceOfSatisfying(
                            CaptchaException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_OUTCOME))
                    .hasMessageStartingWith("never: no outcome within 2 s");
            assertThat(captcha.stats().open()).isZero();
        }
    }

    @Test
    void answers_come_as_they_are_there_and_all_by_a_deadline_with_the_missing_named() {
        Function<SubmitRequest, List<ProducerRecord<byte[], byte[]>>> allButTwo =
                request -> id(request).endsWith("-2") ? List.of() : List.of(PipelineTopics.record(solved(request)));
        try (var _ = router(allButTwo);
                var captcha = connect()) {
            var name = kafka.uniqueName("batch");
            var handled = new ConcurrentLinkedQueue<String>();
            var batch = captcha.submitAll(IntStream.range(0, 5)
                    .mapToObj(i -> CAPTCHA.requestId(name + "-" + i))
                    .toList());
            var _ = batch.onEach(answer -> handled.add(answer.requestId().value()));

            assertThat(batch.answers(LONG)
                            .limit(4)
                            .map(answer -> answer.requestId().value()))
                    .containsExactlyInAnyOrder(name + "-0", name + "-1", name + "-3", name + "-4");
            var collected = batch.collect(Duration.ofMillis(200));

            assertThat(collected.solved()).hasSize(4);
            assertThat(collected.missing()).hasSize(1).allSatisfy((id, problem) -> {
                assertThat(id).hasToString(name + "-2");
                assertThat(problem.reason()).isEqualTo(Reason.NO_OUTCOME);
            });
            await().untilAsserted(() -> assertThat(handled).hasSize(4));
        }
    }

    @Test
    void a_callback_that_blocks_holds_up_nobody_else() {
        try (var _ = router(request -> List.of(PipelineTopics.record(solved(request))));
                var captcha = connect()) {
            var held = new CountDownLatch(1);
            var stuck = captcha.submit(CAPTCHA).thenAccept(answer -> {
                try {
                    held.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });

            assertThat(captcha.solve(CAPTCHA)).isInstanceOf(Answer.Solved.class);

            held.countDown();
            stuck.orTimeout(60, SECONDS).join();
        }
    }

    @Test
    void closing_sends_what_was_submitted_and_ends_what_is_open() {
        try (var router = router(request -> List.of())) {
            var captcha = connect();
            var name = kafka.uniqueName("closing");
            var open = IntStream.range(0, 50)
                    .mapToObj(i -> captcha.submit(CAPTCHA.requestId(name + "-" + i)))
                    .toList();

            captcha.close();

            assertThat(open)
                    .allSatisfy(future -> assertThatThrownBy(future::join)
                            .isInstanceOf(CompletionException.class)
                            .cause()
                            .isInstanceOfSatisfying(
                                    CaptchaException.class,
                                    e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED)));
            await().untilAsserted(() -> assertThat(router.seen().stream().filter(r -> id(r).startsWith(name)))
                    .hasSize(50));
            assertThatThrownBy(captcha.submit(CAPTCHA)::join).hasMessageContaining("the client is closed");
        }
    }

    @Test
    void it_is_told_whether_an_answer_was_any_good() {
        try (var captcha = connect()) {
            var answer = Answer.of(Outcomes.solved("r-good", "t")).orThrow();

            captcha.reportGood(answer).orTimeout(60, SECONDS).join();
            captcha.reportBad(answer).orTimeout(60, SECONDS).join();

            var reports = kafka.readAtLeast(Topics.REPORTS.name(), 2).stream()
                    .map(record -> Wire.decode(Topics.REPORTS, record.value()))
                    .toList();
            assertThat(reports).extracting("taskId").containsOnly(answer.taskId());
            assertThat(reports).extracting("good").containsExactly(true, false);
        }
    }

    @Test
    void one_that_is_too_large_is_refused_in_words() {
        try (var captcha = connect()) {
            var tooLarge = Captcha.image(new byte[3 * 1024 * 1024]);

            assertThatThrownBy(() -> captcha.solve(tooLarge))
                    .isInstanceOfSatisfying(
                            CaptchaException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_SENT))
                    .hasMessageContaining("captcha-submit takes at most 3145728 bytes");
        }
    }

    private CaptchaClient connect() {
        return CaptchaClient.connect(config());
    }

    private ClientConfig config() {
        return ClientConfig.to(kafka.bootstrapServers())
                .timeout(Duration.ofSeconds(20))
                .grace(Duration.ofSeconds(10));
    }

    private PlayedRouter router(Function<SubmitRequest, List<ProducerRecord<byte[], byte[]>>> answers) {
        return PlayedRouter.answering(kafka, answers);
    }

    private static Outcome solved(SubmitRequest request) {
        return Outcomes.solved(request, "token of " + id(request));
    }

    private static String id(SubmitRequest request) {
        return Objects.requireNonNull(request.requestId()).value();
    }
}
