package io.captchapipeline.alerting;

import io.captchapipeline.alerting.tell.Channel;
import io.captchapipeline.alerting.tell.Direct;
import io.captchapipeline.alerting.tell.Letters;
import io.captchapipeline.alerting.tell.Mail;
import io.captchapipeline.alerting.tell.Runbooks;
import io.captchapipeline.alerting.tell.Teller;
import io.captchapipeline.alerting.tell.Webhook;
import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.ServiceContext;
import io.captchapipeline.kit.health.HealthCheck;
import io.captchapipeline.schemas.event.Alert;
import io.captchapipeline.schemas.topic.Topics;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ways to reach people, each with a group of its own: one that is down does not hold up another. A way that is not
/// set up reads its topic all the same, so that whoever sets it up later is not told the past.
final class Channels implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(Channels.class);

    private final List<String> recipients;
    private final Letters letters;
    private final Teller mail;
    private final Teller webhook;
    private final Direct directMail;
    private final Direct directWebhook;
    private final Running all;

    Channels(AlertingSettings settings, ServiceContext context) {
        recipients = settings.alertsTo();
        letters = new Letters(new Runbooks(settings.runbooks()));
        var alertMail = mail(settings, recipients, "alerts", context);
        var digestMail = mail(settings, settings.digestsTo(), "digests of failed requests", context);
        Channel hook = settings.webhook().<Channel>map(Webhook::new).orElseGet(() -> Channel.toNobody("webhook"));
        mail = new Teller(alertMail, recipients, letters, "alert", context.clock(), context.metrics());
        webhook = new Teller(hook, List.of(), letters, "alert", context.clock(), context.metrics());
        var digests =
                new Teller(digestMail, settings.digestsTo(), letters, "digest", context.clock(), context.metrics());
        directMail = new Direct(alertMail);
        directWebhook = new Direct(hook);
        all = Running.all(
                directMail,
                directWebhook,
                context.consume(Topics.ALERTS, "mail", mail::alert),
                context.consume(Topics.ALERTS, "webhook", webhook::alert),
                context.consume(Topics.FAILURE_DIGESTS, "digest", digests::digest));
    }

    /// This alert is on its topic.
    void known(Alert alert) {
        mail.known(alert);
        webhook.known(alert);
    }

    void tellDirectly(Alert alert, String instance) {
        directMail.tell(letters.about(alert, recipients, Optional.of(instance)));
        directWebhook.tell(letters.about(alert, List.of(), Optional.of(instance)));
    }

    @Override
    public void start() {
        all.start();
    }

    @Override
    public List<HealthCheck> checks() {
        return all.checks();
    }

    @Override
    public void close() {
        all.close();
    }

    private static Channel mail(AlertingSettings settings, List<String> to, String what, ServiceContext context) {
        if (settings.mail().isEmpty() || to.isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("what", what)
                    .log("No mail is sent: it takes SMTP_HOST and a recipient (ALERT_EMAIL_TO, FAILURE_EMAIL_TO)");
            return Channel.toNobody("mail");
        }
        return new Mail(settings.mail().get(), context.clock());
    }
}
