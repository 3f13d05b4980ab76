package io.captchapipeline.schemas.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Times of this era only: one that arithmetic overflows on, or milliseconds taken for seconds, is no time.
final class TimeReader extends StdScalarDeserializer<Instant> {
    private static final long serialVersionUID = 1;
    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999999999Z");

    TimeReader() {
        super(Instant.class);
    }

    @Override
    public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        var time = InstantDeserializer.INSTANT.deserialize(parser, context);
        if (time != null && (time.isBefore(Instant.EPOCH) || time.isAfter(END))) {
            throw context.weirdStringException("", Instant.class, "not within the years 1970 and 9999");
        }
        return time;
    }
}
