package io.captchapipeline.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.captchapipeline.alerting.tell.MailServer;
import io.captchapipeline.broker.FreePort;
import io.captchapipeline.testkit.KafkaCluster;
import io.captchapipeline.testkit.WithKafka;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@WithKafka(own = true)
@Timeout(240)
class MailAwayIT {
    @TempDir
    private Path directory;

    @Test
    void an_alert_that_came_and_went_while_the_mail_server_was_down_is_mailed_in_its_order(KafkaCluster kafka)
            throws Exception {
        try (var mail = MailServer.down()) {
            var deployment = new Deployment(
                    kafka,
                    directory,
                    Map.of(
                            "SMTP_HOST", "127.0.0.1",
                            "SMTP_PORT", Integer.toString(mail.port()),
                            "ALERT_EMAIL_TO", "ops@example.com",
                            "ALERT_DISABLED", "StaleCallbacks,OutcomesStalled"));
            try (var _ = deployment.start("one", FreePort.next())) {
                deployment.submit(0, 20);
                awaitAlert(deployment, "firing LowDeliveryRate");
                deployment.submit(100, 500);
                deployment.callBack(100, 500);
                awaitAlert(deployment, "resolved LowDeliveryRate");

                mail.start();

                await().atMost(Deployment.PATIENCE)
                        .untilAsserted(() -> assertThat(mail.subjects())
                                .containsExactly(
                                        "[captcha] FIRING critical LowDeliveryRate",
                                        "[captcha] RESOLVED LowDeliveryRate"));
                assertThat(mail.received().getLast().answers())
                        .isEqualTo(mail.received().getFirst().id());
            }
        }
    }

    private static void awaitAlert(Deployment deployment, String alert) {
        await().atMost(Deployment.PATIENCE)
                .untilAsserted(() -> assertThat(deployment.alerts()).contains(alert));
    }
}
