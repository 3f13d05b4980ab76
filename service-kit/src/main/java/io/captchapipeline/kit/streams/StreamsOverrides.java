package io.captchapipeline.kit.streams;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Settings of Kafka Streams that somebody wants to try in place of ours, as system properties:
/// `-Dcaptcha.streams.commit.interval.ms=20`. For measurements; promises may not hold with them, so each is told.
final class StreamsOverrides {

    private static final Logger LOG = LoggerFactory.getLogger(StreamsOverrides.class);

    private static final String PREFIX = "captcha.streams.";

    private StreamsOverrides() {}

    static Map<String, String> given() {
        var given = in(System.getProperties());
        given.forEach((name, text) -> LOG.atWarn()
                .addKeyValue("setting", name)
                .addKeyValue("value", text)
                .log("A setting of Kafka Streams is not ours"));
        return given;
    }

    static Map<String, String> in(Properties properties) {
        var found = new TreeMap<String, String>();
        for (var name : properties.stringPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                found.put(name.substring(PREFIX.length()), properties.getProperty(name));
            }
        }
        return found;
    }
}
