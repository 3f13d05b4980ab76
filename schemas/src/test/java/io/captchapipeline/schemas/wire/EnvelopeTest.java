package io.captchapipeline.schemas.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.captchapipeline.schemas.event.About;
import io.captchapipeline.schemas.event.CallbackHealth;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.SubmitRequest;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.event.Tick;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.kafka.CloudEventDeserializer;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:15Z");
    private static final Envelope FULL = new Envelope(
            "8d3e9c1a-run-1",
            "/captcha-pipeline/result-router",
            Envelope.typeOf(Outcome.Solved.class),
            NOON,
            new About(
                    new TaskId("2122988149"),
                    new RequestId("r-1"),
                    "solved",
                    new Route("login"),
                    new Method("geetest")));
    private static final Tick TICK = new Tick(3, NOON);

    @Test
    void the_headers_are_as_they_always_were() throws IOException {
        try (var golden = getClass().getResourceAsStream("/headers/captcha-solved/solved.v1.json")) {
            var expected = new JsonMapper().readValue(golden, new TypeReference<LinkedHashMap<String, String>>() {});

            assertThat(FULL.headers()).containsExactlyEntriesOf(expected);
        }
    }

    @Test
    void a_full_envelope_has_every_header_there_is() {
        assertThat(FULL.headers().keySet()).containsExactlyElementsOf(Envelope.headerNames());
    }

    @Test
    void what_is_unknown_has_no_header() {
        assertThat(aSender().envelope(TICK).headers())
                .containsOnlyKeys("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "content-type");
    }

    @Test
    void the_reference_library_reads_it_as_a_cloud_event() {
        var event = cloudEvent(FULL, Wire.encode(TICK));

        assertThat(event.getSpecVersion()).isEqualTo(SpecVersion.V1);
        assertThat(event.getId()).isEqualTo(FULL.id());
        assertThat(event.getSource()).hasToString(FULL.source());
        assertThat(event.getType()).isEqualTo(FULL.type());
        assertThat(Objects.requireNonNull(event.getTime()).toInstant()).isEqualTo(NOON);
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(Objects.requireNonNull(event.getData()).toBytes()).isEqualTo(Wire.encode(TICK));
        assertThat(event.getExtensionNames()).isEmpty();
    }

    @Test
    void the_reference_library_reads_what_a_sender_makes() {
        var envelope = aSender().envelope(TICK);

        assertThat(cloudEvent(envelope, Wire.encode(TICK)).getId()).isEqualTo(envelope.id());
    }

    @Test
    void a_type_names_the_family_and_the_member() {
        assertThat(Envelope.typeOf(TICK)).isEqualTo("io.captchapipeline.tick");
        assertThat(Envelope.typeOf(SubmitRequest.class)).isEqualTo("io.captchapipeline.submit-request");
        assertThat(Envelope.typeOf(CallbackHealth.class)).isEqualTo("io.captchapipeline.callback-health");
        assertThat(Envelope.typeOf(Result.Failed.class)).isEqualTo("io.captchapipeline.result.failed");
        assertThat(Envelope.typeOf(Outcome.Solved.class)).isEqualTo("io.captchapipeline.outcome.solved");
    }

    @Test
    void no_two_events_have_the_same_id() {
        var sender = aSender();

        assertThat(sender.envelope(TICK).id())
                .isNotEqualTo(sender.envelope(TICK).id())
                .isNotEqualTo(aSender().envelope(TICK).id());
    }

    @Test
    void a_dead_letter_says_where_it_came_from() {
        var letter = new DeadLetter("captcha-submit", 3, 17, "result-router", "method is missing", NOON);

        assertThat(letter.headers())
                .isEqualTo(Map.of(
                        "dlq.topic", "captcha-submit",
                        "dlq.partition", "3",
                        "dlq.offset", "17",
                        "dlq.service", "result-router",
                        "dlq.reason", "method is missing",
                        "dlq.at", "2026-11-01T12:00:15Z"));
    }

    private static Sender aSender() {
        return new Sender("result-router", Clock.fixed(NOON, ZoneOffset.UTC));
    }

    private static CloudEvent cloudEvent(Envelope envelope, byte[] value) {
        Headers headers = new RecordHeaders();
        envelope.headers().forEach((name, text) -> headers.add(name, text.getBytes(UTF_8)));
        try (var deserializer = new CloudEventDeserializer()) {
            return deserializer.deserialize("any", headers, value);
        }
    }
}
