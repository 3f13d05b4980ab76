package io.captchapipeline.standalone.commands;

import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.kafka.KafkaClients;
import io.captchapipeline.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/// `captcha-dead-letters`: all of them by their stories, and one of them back to where it came from.
final class DeadLetterBox {

    static final String TOPIC = Topics.DEAD_LETTERS.name();

    private static final Pattern ID = Pattern.compile("(\\d{1,9})-(\\d{1,18})");

    private final KafkaClients kafka;

    private DeadLetterBox(KafkaClients kafka) {
        this.kafka = kafka;
    }

    static DeadLetterBox at(KafkaClients kafka) {
        return new DeadLetterBox(kafka);
    }

    /// Oldest first, without the records themselves: there may be more of them than memory.
    List<Letter> letters() {
        try (var consumer = Tail.consumer(kafka)) {
            var stretch = Stretch.of(consumer, kafka, TOPIC, Map.of());
            var letters = new ArrayList<Letter>();
            for (var page = stretch.next(); !page.isEmpty(); page = stretch.next()) {
                page.forEach(record -> letters.add(Letter.storyOf(record)));
            }
            letters.sort(Comparator.comparingLong(Letter::timestamp));
            return letters;
        } catch (KafkaException e) {
            throw NoBroker.at(kafka, e);
        }
    }

    /// @throws StartFailure when there is no such letter, or it cannot be sent
    void replay(String id) {
        var letter = find(id).orElseThrow(() ->
                new StartFailure("There is no dead letter " + id + ": ./captcha dead-letters lists them by their ids"));
        letter.hindrance().ifPresent(reason -> {
            throw new StartFailure("Dead letter " + id + " cannot be sent back: " + reason);
        });
        try (var outbox = new Outbox(kafka)) {
            outbox.send(List.of(letter.original()));
        }
    }

    private Optional<Letter> find(String id) {
        var parts = ID.matcher(id);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var partition = new TopicPartition(TOPIC, Integer.parseInt(parts.group(1)));
        var offset = Long.parseLong(parts.group(2));
        try (var consumer = Tail.consumer(kafka)) {
            return Stretch.of(consumer, kafka, TOPIC, Map.of(partition, offset)).only(partition).next().stream()
                    .filter(record -> record.offset() == offset)
                    .map(Letter::new)
                    .findFirst();
        } catch (KafkaException e) {
            throw NoBroker.at(kafka, e);
        }
    }
}
