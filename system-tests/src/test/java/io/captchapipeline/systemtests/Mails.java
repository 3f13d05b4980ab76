package io.captchapipeline.systemtests;

import io.captchapipeline.schemas.event.Alert;
import io.captchapipeline.schemas.event.AlertName;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.Wire;
import io.captchapipeline.testkit.promise.Promise;
import io.captchapipeline.testkit.promise.ToldOnce;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// What alerts say on their topic, beside the mails that tell of them. `KafkaUnreachable` is told by each instance
/// for itself, past the topic.
///
/// @param crashes how often a mail may have been sent again, under its old Message-ID
record Mails(List<Alert> alerts, List<MailServer.Received> received, long crashes) implements Promise {
    static Mails look(World world, long crashes) {
        var alerts = world.kafka().committed(Topics.ALERTS.name()).stream()
                .filter(record -> Whole.is(record.value()))
                .map(record -> Wire.decode(Alert.class, record.value()))
                .filter(alert -> alert.alert() != AlertName.KAFKA_UNREACHABLE)
                .toList();
        var received = world.mail().received().stream()
                .filter(mail -> !mail.subject().contains(AlertName.KAFKA_UNREACHABLE.wire()))
                .toList();
        return new Mails(alerts, received, crashes);
    }

    @Override
    public String name() {
        return "told once";
    }

    @Override
    public List<String> broken() {
        var told = new ToldOnce();
        alerts.forEach(alert -> told.due(telling(alert)));
        received.forEach(mail -> told.told(telling(mail), mail.id()));
        var broken = new ArrayList<>(told.broken());
        var ids = new HashSet<String>();
        long again = received.stream().filter(mail -> !ids.add(mail.id())).count();
        if (again > crashes) {
            broken.add(again + " mails were sent again, and only " + crashes + " times was there a reason to");
        }
        return List.copyOf(broken);
    }

    private static String telling(Alert alert) {
        return alert.alert().wire() + " " + alert.since().toEpochMilli() + " "
                + alert.state().wire() + " " + alert.at().toEpochMilli();
    }

    private static String telling(MailServer.Received mail) {
        return mail.id().replaceAll("^<captcha-(\\w+)-(\\d+)-(\\w+)-(\\d+)@.*$", "$1 $2 $3 $4");
    }
}
