package io.captchapipeline.kit.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import co.elastic.logging.JsonUtils;
import co.elastic.logging.logback.EcsEncoder;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.KeyValuePair;

/// ECS JSON with the keys of the fluent API as fields, which the encoder leaves out.
final class EcsWithKeys extends EcsEncoder {

    @Override
    protected void addCustomFields(ILoggingEvent event, StringBuilder line) {
        for (var pair : Optional.ofNullable(event.getKeyValuePairs()).orElse(List.<KeyValuePair>of())) {
            JsonUtils.quoteAsString(pair.key, line.append('"'));
            JsonUtils.quoteAsString(String.valueOf(pair.value), line.append("\":\""));
            line.append("\",");
        }
    }
}
