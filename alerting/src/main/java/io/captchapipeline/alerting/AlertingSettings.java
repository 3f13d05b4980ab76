package io.captchapipeline.alerting;

import io.captchapipeline.alerting.figures.BookSettings;
import io.captchapipeline.alerting.judge.JudgeSettings;
import io.captchapipeline.alerting.judge.Thresholds;
import io.captchapipeline.alerting.tell.MailSettings;
import io.captchapipeline.kit.http.HttpService;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.InvalidSettings;
import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.schemas.event.AlertName;
import io.captchapipeline.schemas.event.Route;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What alerting can be told.
record AlertingSettings(
        String address,
        int port,
        Optional<Secret> token,
        List<Route> routes,
        BookSettings books,
        JudgeSettings judging,
        Optional<URI> probe,
        Optional<MailSettings> mail,
        List<String> alertsTo,
        List<String> digestsTo,
        Optional<Secret> webhook,
        Optional<URI> runbooks) {
    static AlertingSettings from(Settings settings) {
        return new AlertingSettings(
                settings.apiAddress(),
                settings.get(Catalogue.ALERTING_PORT),
                settings.find(Catalogue.API_TOKEN),
                settings.find(Catalogue.ROUTES).orElse(List.of()).stream()
                        .map(Route::new)
                        .toList(),
                BookSettings.of(
                        settings.get(Catalogue.DELIVERY_TIMEOUT),
                        settings.get(Catalogue.DELIVERY_WINDOW),
                        settings.get(Catalogue.ALERT_STALE_AFTER),
                        settings.get(Catalogue.DEDUP_RETENTION)),
                new JudgeSettings(
                        settings.get(Catalogue.TOPIC_PARTITIONS),
                        settings.get(Catalogue.ALERT_INTERVAL),
                        settings.get(Catalogue.ALERT_REPEAT),
                        settings.get(Catalogue.FAILURE_DIGEST),
                        thresholds(settings)),
                settings.find(Catalogue.ALERT_PROBE_URL),
                mail(settings),
                settings.find(Catalogue.ALERT_EMAIL_TO).orElse(List.of()),
                settings.find(Catalogue.FAILURE_EMAIL_TO).orElse(List.of()),
                settings.find(Catalogue.ALERT_WEBHOOK_URL),
                settings.find(Catalogue.RUNBOOKS_URL));
    }

    HttpService.Listen listen() {
        return HttpService.Listen.on(address, port, Catalogue.ALERTING_PORT).overEventLoops(1);
    }

    private static Thresholds thresholds(Settings settings) {
        return new Thresholds(
                settings.get(Catalogue.ALERT_STALE_AFTER),
                settings.get(Catalogue.ALERT_ERROR_RATE),
                settings.get(Catalogue.ALERT_ERROR_WINDOW),
                settings.get(Catalogue.ALERT_P95),
                settings.get(Catalogue.ALERT_DELIVERY_RATE),
                settings.get(Catalogue.ALERT_FAILURE_RATE),
                settings.get(Catalogue.ALERT_MIN_SAMPLES),
                settings.find(Catalogue.ALERT_BALANCE),
                settings.get(Catalogue.DELIVERY_WINDOW),
                disabled(settings.find(Catalogue.ALERT_DISABLED).orElse(List.of())));
    }

    private static Set<AlertName> disabled(List<String> names) {
        var disabled = EnumSet.noneOf(AlertName.class);
        var unknown = names.stream()
                .filter(name -> Arrays.stream(AlertName.values())
                        .filter(alert -> alert.wire().equals(name))
                        .peek(disabled::add)
                        .findAny()
                        .isEmpty())
                .toList();
        if (!unknown.isEmpty()) {
            throw new InvalidSettings(List.of(Catalogue.ALERT_DISABLED + " names no alert with "
                    + String.join(", ", unknown) + "; there are "
                    + Arrays.stream(AlertName.values()).map(AlertName::wire).collect(Collectors.joining(", "))));
        }
        return Set.copyOf(disabled);
    }

    private static Optional<MailSettings> mail(Settings settings) {
        var recipient = Stream.of(Catalogue.ALERT_EMAIL_TO, Catalogue.FAILURE_EMAIL_TO)
                .flatMap(setting -> settings.find(setting).stream())
                .flatMap(List::stream)
                .findFirst();
        return settings.find(Catalogue.SMTP_HOST)
                .filter(_ -> recipient.isPresent())
                .map(host -> new MailSettings(
                        host,
                        settings.get(Catalogue.SMTP_PORT),
                        settings.get(Catalogue.SMTP_TLS),
                        settings.find(Catalogue.SMTP_USER),
                        settings.find(Catalogue.SMTP_PASSWORD),
                        settings.find(Catalogue.ALERT_EMAIL_FROM).orElse(recipient.get())));
    }
}
