package io.captchapipeline.router.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.captchapipeline.schemas.event.Params;
import java.io.IOException;

/// Params as they are stored: JSON. Exceptions repeat none of it.
final class ParamsCodec {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private ParamsCodec() {}

    static byte[] encode(Params params) {
        try {
            return MAPPER.writeValueAsBytes(params);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("params cannot be written", e);
        }
    }

    static Params decode(byte[] bytes) {
        try {
            return MAPPER.readValue(bytes, Params.class);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "params cannot be read: " + e.getClass().getSimpleName());
        }
    }
}
