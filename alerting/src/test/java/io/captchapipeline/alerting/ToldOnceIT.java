package io.captchapipeline.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.alerting.tell.MailServer;
import io.captchapipeline.broker.FreePort;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import io.captchapipeline.testkit.promise.ToldOnce;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two instances, a mail server that is down while alerts begin, and a restart in the middle.
@WithKafka(own = true)
@Timeout(240)
class ToldOnceIT {
    private static final String LOW = "[captcha] FIRING critical LowDeliveryRate";
    private static final String LETTERS = "[captcha] FIRING warning DeadLetters";
    private static final String WELL = "[captcha] RESOLVED LowDeliveryRate";

    @TempDir
    private Path directory;

    @Test
    void each_alert_and_its_end_is_mailed_once(KafkaCluster kafka) throws Exception {
        try (var mail = MailServer.down()) {
            var deployment = new Deployment(
                    kafka,
                    directory,
                    Map.of(
                            "SMTP_HOST", "127.0.0.1",
                            "SMTP_PORT", Integer.toString(mail.port()),
                            "ALERT_EMAIL_TO", "ops@example.com",
                            "ALERT_DISABLED", "StaleCallbacks,OutcomesStalled"));
            int port = FreePort.next();
            int otherPort = FreePort.next();
            var one = deployment.start("one", port);
            try (var _ = deployment.start("other", otherPort)) {
                deployment.submit(0, 20);
                deployment.buryOne();
                await().atMost(Deployment.PATIENCE)
                        .untilAsserted(() -> assertThat(deployment.alerts())
                                .contains("firing LowDeliveryRate", "firing DeadLetters"));
                one.close();
                one = deployment.start("one", port);
                mail.start();
                await().atMost(Deployment.PATIENCE)
                        .untilAsserted(() -> assertThat(mail.subjects()).contains(LOW, LETTERS));

                deployment.submit(100, 500);
                deployment.callBack(100, 500);

                await().atMost(Deployment.PATIENCE)
                        .untilAsserted(() -> assertThat(mail.subjects()).contains(WELL));
                var promise = new ToldOnce();
                List.of(LOW, LETTERS, WELL).forEach(promise::due);
                mail.received().forEach(found -> promise.told(found.subject(), found.id()));
                promise.verify();
                assertThat(mail.received()).hasSize(3);
                for (int api : new int[] {port, otherPort}) {
                    await().atMost(Deployment.PATIENCE).untilAsserted(() -> {
                        var alerts = Deployment.get(api, "/alerts");
                        assertThat(alerts.getJsonArray("firing")).hasSize(1);
                        assertThat(alerts.getJsonArray("recent")).hasSize(3);
                    });
                }
            } finally {
                one.close();
            }
        }
    }
}
