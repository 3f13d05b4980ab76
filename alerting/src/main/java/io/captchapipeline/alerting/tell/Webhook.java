package io.captchapipeline.alerting.tell;

import io.captchapipeline.kit.http.TimedCall;
import io.captchapipeline.kit.settings.Secret;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/// POSTs letters as JSON that Slack (`text`) and Discord (`content`) both take. The URL is a secret.
public final class Webhook implements Channel {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /// Discord takes no more.
    private static final int LONGEST = 2000;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Secret url;
    private final Duration patience;

    public Webhook(Secret url) {
        this(url, PATIENCE);
    }

    /// @param patience with one call
    Webhook(Secret url, Duration patience) {
        this.url = url;
        this.patience = patience;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public void tell(Letter letter) throws NotTold {
        try {
            var answer = TimedCall.send(client, request(letter), HttpResponse.BodyHandlers.discarding(), patience);
            if (answer.statusCode() / 100 != 2) {
                throw new NotTold("the webhook answered " + answer.statusCode(), pause(answer));
            }
        } catch (IOException e) {
            throw new NotTold("the webhook did not answer: " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotTold("interrupted");
        }
    }

    private HttpRequest request(Letter letter) {
        var text = letter.subject() + "\n" + letter.text();
        var cut = text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
        var body = new JsonObject().put("text", cut).put("content", cut);
        return HttpRequest.newBuilder(URI.create(url.value()))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                .build();
    }

    private static Optional<Duration> pause(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .map(pause -> pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    }
}
