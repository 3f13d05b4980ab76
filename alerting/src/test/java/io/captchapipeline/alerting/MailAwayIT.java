package io.captchapipeline.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.alerting.tell.MailServer;
import io.captchapipeline.broker.FreePort;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `-Dalerting.away=600` is how long the mail server is away, in seconds; an alert comes and goes meanwhile, again and
/// again, and at least twice.
@WithKafka(own = true)
@Timeout(1200)
class MailAwayIT {
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("alerting.away", 0));
    private static final int AT_LEAST = 2;
    private static final int SILENT = 20;
    private static final int CALLED_BACK = 500;

    @TempDir
    private Path directory;

    @Test
    void alerts_that_came_and_went_while_the_mail_server_was_down_are_mailed_once_each_in_their_order(
            KafkaCluster kafka) throws Exception {
        try (var mail = MailServer.down()) {
            var deployment = new Deployment(
                    kafka,
                    directory,
                    Map.of(
                            "SMTP_HOST", "127.0.0.1",
                            "SMTP_PORT", Integer.toString(mail.port()),
                            "ALERT_EMAIL_TO", "ops@example.com",
                            "DELIVERY_WINDOW", "30s",
                            "ALERT_DISABLED", "StaleCallbacks,OutcomesStalled"));
            try (var _ = deployment.start("one", FreePort.next())) {
                var until = Instant.now().plus(AWAY);
                int times = 0;
                while (times < AT_LEAST || Instant.now().isBefore(until)) {
                    comeAndGo(deployment, times++);
                }

                mail.start();

                var subjects = subjects(times);
                await().atMost(Deployment.PATIENCE)
                        .untilAsserted(() -> assertThat(mail.subjects()).containsExactlyElementsOf(subjects));
                var mails = mail.received();
                assertThat(mails).extracting(MailServer.Received::id).doesNotHaveDuplicates();
                for (int i = 0; i < mails.size(); i += 2) {
                    assertThat(mails.get(i + 1).answers())
                            .isEqualTo(mails.get(i).id());
                }
            }
        }
    }

    private static void comeAndGo(Deployment deployment, int times) {
        int first = times * (SILENT + CALLED_BACK);
        deployment.submit(first, first + SILENT);
        awaitAlerts(deployment, "firing LowDeliveryRate", times + 1);
        deployment.submit(first + SILENT, first + SILENT + CALLED_BACK);
        deployment.callBack(first + SILENT, first + SILENT + CALLED_BACK);
        awaitAlerts(deployment, "resolved LowDeliveryRate", times + 1);
    }

    private static void awaitAlerts(Deployment deployment, String alert, int count) {
        await().atMost(Deployment.PATIENCE).until(() -> Collections.frequency(deployment.alerts(), alert) == count);
    }

    private static List<String> subjects(int times) {
        return Stream.generate(() ->
                        List.of("[captcha] FIRING critical LowDeliveryRate", "[captcha] RESOLVED LowDeliveryRate"))
                .limit(times)
                .flatMap(List::stream)
                .toList();
    }
}
