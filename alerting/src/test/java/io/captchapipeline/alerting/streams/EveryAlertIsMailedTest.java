package io.captchapipeline.alerting.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.alerting.tell.Letters;
import io.captchapipeline.alerting.tell.Mail;
import io.captchapipeline.alerting.tell.MailServer;
import io.captchapipeline.alerting.tell.MailSettings;
import io.captchapipeline.alerting.tell.Runbooks;
import io.captchapipeline.alerting.tell.Teller;
import io.captchapipeline.kit.consume.Handled;
import io.captchapipeline.kit.consume.Origin;
import io.captchapipeline.kit.consume.Received;
import io.captchapipeline.kit.settings.SmtpTls;
import io.captchapipeline.schemas.event.Alert;
import io.captchapipeline.schemas.event.AlertName;
import io.captchapipeline.schemas.event.Breaker;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All that can go wrong goes wrong at once, and then well again; a real mail server takes what is told.
class EveryAlertIsMailedTest {
    private static final List<String> OPS = List.of("ops@example.com");

    @TempDir
    private Path directory;

    @Test
    void each_alert_and_its_end_reach_a_mail_server_once() {
        try (var alerting = new TestAlerting(directory);
                var mail = MailServer.up()) {
            goesWrong(alerting, new Scene(alerting));
            goesWell(alerting, new Scene(alerting));
            var teller = teller(mail, alerting);
            alerting.alerts()
                    .forEach(alert -> assertThat(teller.alert(received(alert))).isEqualTo(Handled.done()));

            assertThat(mail.subjects()).containsExactlyInAnyOrderElementsOf(subjects());
            assertThat(mail.received()).extracting(MailServer.Received::id).doesNotHaveDuplicates();
            assertThat(mail.received())
                    .filteredOn(found -> found.subject().contains("RESOLVED"))
                    .allSatisfy(end -> assertThat(mail.received())
                            .filteredOn(found -> found.id().equals(end.answers()))
                            .singleElement()
                            .satisfies(begin -> assertThat(begin.subject())
                                    .endsWith(end.subject()
                                            .substring(end.subject().lastIndexOf(' ')))));
        }
    }

    private static void goesWrong(TestAlerting alerting, Scene scene) {
        for (int i = 0; i < 20; i++) {
            scene.submit("lost-" + i);
        }
        scene.solve("stalled", Source.POLL);
        scene.end(0, 10);
        scene.beat("a", 50, 0, 10);
        scene.beat("b", 50, 40, 5_000);
        scene.solver("1.5", Breaker.OPEN);
        alerting.write(Topics.DEAD_LETTERS, new byte[] {1});
        for (int i = 0; i < 40; i++) {
            alerting.probed("connection refused");
            alerting.goOn(Duration.ofSeconds(10));
        }
    }

    private static void goesWell(TestAlerting alerting, Scene scene) {
        for (int i = 0; i < 300; i++) {
            scene.submit("found-" + i);
            scene.callBack("found-" + i);
        }
        scene.end("stalled");
        scene.end(200, 0);
        scene.beat("a", 5_050, 0, 10);
        scene.solver("20", Breaker.CLOSED);
        for (int i = 0; i < 120; i++) {
            alerting.probed(null);
            alerting.goOn(Duration.ofSeconds(10));
        }
    }

    /// Only a lost Kafka is told without a topic.
    private static List<String> subjects() {
        var subjects = new ArrayList<String>();
        for (var alert : AlertName.values()) {
            if (alert != AlertName.KAFKA_UNREACHABLE) {
                subjects.add("[captcha] FIRING " + alert.severity().wire() + " " + alert.wire());
                subjects.add("[captcha] RESOLVED " + alert.wire());
            }
        }
        return subjects;
    }

    private static Teller teller(MailServer server, TestAlerting alerting) {
        var settings = new MailSettings(
                "127.0.0.1", server.port(), SmtpTls.NONE, Optional.empty(), Optional.empty(), "captcha@example.com");
        var clock = InstantSource.fixed(alerting.now());
        return new Teller(
                new Mail(settings, clock),
                OPS,
                new Letters(new Runbooks(Optional.empty())),
                "alert",
                clock,
                new SimpleMeterRegistry());
    }

    private static Received<Alert> received(Alert alert) {
        return new Received<>(alert, new Origin(Topics.ALERTS.name(), 0, 0), alert.at());
    }
}
