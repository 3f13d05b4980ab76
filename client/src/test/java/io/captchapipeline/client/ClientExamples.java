package io.captchapipeline.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The examples of docs/client.md, which shows what stands between the markers. They are compiled here, and the first
/// ones run in `ClientExamplesIT`.
final class ClientExamples {
    private ClientExamples() {}

    static String submitAndAwait(String servers, String sitekey, String pageurl) {
        // snippet: submit
        try (var captcha = CaptchaClient.connect(ClientConfig.to(servers))) {
            Answer answer = captcha.submit(
                            Captcha.recaptchaV2(sitekey, pageurl).route("login").timeout(Duration.ofMinutes(3)))
                    .join();
            return answer.orThrow().token();
        }
        // end
    }

    static String bothEnds(CaptchaClient captcha, Captcha login) {
        // snippet: both-ends
        Answer answer = captcha.solve(login);
        if (answer instanceof Answer.Failed failed) {
            return "no solution: " + failed.error();
        }
        return answer.orThrow().token();
        // end
    }

    static void batch(CaptchaClient captcha, List<Captcha> captchas) {
        // snippet: batch
        Batch batch = captcha.submitAll(captchas);

        // As they come:
        batch.answers(Duration.ofMinutes(3)).forEach(answer -> System.out.println(answer.requestId()));

        // All by a deadline, the missing ones named:
        Batch.Collected collected = batch.collect(Duration.ofMinutes(3));
        collected.solved().forEach(solved -> use(solved.token()));
        collected.missing().forEach((id, why) -> System.out.println(id + ": " + why.reason()));
        // end
    }

    static CompletableFuture<Void> handlers(CaptchaClient captcha, Captcha login) {
        // snippet: handlers
        var handlers = RouteHandlers.on("login", answer -> use(answer.orThrow().token()))
                .and("scraping", answer -> System.out.println("for the scraper: " + answer.requestId()))
                .otherwise(answer -> System.out.println("nobody in particular: " + answer.requestId()));

        return captcha.submit(login).thenAccept(handlers);
        // end
    }

    static Workers workers(CaptchaClient captcha) {
        // snippet: workers
        WorkQueue queue = captcha.queue(QueueConfig.group("login-workers")
                .routes("login")
                .onExpired(late -> System.out.println("too late: " + late.requestId())));

        return queue.work(4, (answer, delivery) -> {
            if (answer instanceof Answer.Failed) {
                return Verdict.REJECT;
            }
            use(answer.orThrow().token());
            return Verdict.ACCEPT;
        });
        // end
    }

    static void take(CaptchaClient captcha) {
        // snippet: take
        try (var queue = captcha.queue("one-by-one")) {
            Optional<Delivery> next = queue.take(Duration.ofSeconds(20));
            next.ifPresent(delivery -> {
                use(delivery.answer().orThrow().token());
                delivery.accept();
            });
        }
        // end
    }

    static Optional<Answer> lookUp(String servers, String token, String id) {
        // snippet: get
        var config = ClientConfig.to(servers)
                .results(URI.create("http://127.0.0.1:8082"))
                .apiToken(token);
        try (var captcha = CaptchaClient.connect(config)) {
            Lookup now = captcha.get(id);
            Lookup later = captcha.get(id, Duration.ofSeconds(30));
            return now.found().or(later::found);
        }
        // end
    }

    static void report(CaptchaClient captcha, Answer.Solved solved, boolean siteTookIt) {
        // snippet: report
        var told = siteTookIt ? captcha.reportGood(solved) : captcha.reportBad(solved);
        told.join();
        // end
    }

    private static void use(String token) {
        System.out.println("a token of " + token.length() + " characters");
    }
}
