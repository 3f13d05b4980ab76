package io.captchapipeline.standalone.commands;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HindranceTest {

    private static final String REFUSED = """
            {"request_id":"r-1","status":"error","error":"SOLVER_UNAVAILABLE","error_detail":"no connection","source":"submit",
             "received_at":"2026-11-21T10:00:00Z","attempt":1,"ticket":"none"%s}""";
    private static final String AGAIN = ",\"retry_after_seconds\":2";
    private static final String ACCOUNT = """
            {"account":"main","at":"2026-11-21T10:00:00Z","breaker":"%s","refusals":{"ERROR_WRONG_USER_KEY":3}}""";

    private final Hindrance hindrance = new Hindrance(Set.of("r-1"));

    @Test
    void a_refusal_that_is_asked_again_is_in_the_way_until_the_solver_takes_it() {
        hear(Topics.RESULTS, "r-1", REFUSED.formatted(AGAIN));
        assertThat(hindrance.words()).isEqualTo("SOLVER_UNAVAILABLE, no connection");

        hear(Topics.SUBMITTED, "r-1", "{\"task_id\":\"77\"}");
        assertThat(hindrance.words()).isEmpty();
    }

    @Test
    void a_stopped_account_is_in_the_way_until_it_is_asked_again() {
        hear(Topics.SOLVER_HEALTH, null, ACCOUNT.formatted("open"));
        assertThat(hindrance.words()).isEqualTo("the solver refuses our account: ERROR_WRONG_USER_KEY");

        hear(Topics.SOLVER_HEALTH, null, ACCOUNT.formatted("closed"));
        assertThat(hindrance.words()).isEmpty();
    }

    @Test
    void what_others_met_what_is_final_and_what_cannot_be_read_is_not() {
        hear(Topics.RESULTS, "r-2", REFUSED.formatted(AGAIN));
        hear(Topics.RESULTS, "r-1", REFUSED.formatted(""));
        hear(Topics.RESULTS, "r-1", "no JSON");
        hear(Topics.SOLVER_HEALTH, null, ACCOUNT.formatted("closed"));

        assertThat(hindrance.words()).isEmpty();
    }

    @Test
    void a_sound_account_does_not_take_away_what_a_request_met() {
        hear(Topics.RESULTS, "r-1", REFUSED.formatted(AGAIN));
        hear(Topics.SOLVER_HEALTH, null, ACCOUNT.formatted("closed"));

        assertThat(hindrance.words()).isNotEmpty();
    }

    private void hear(Topic<?> topic, @Nullable String requestId, String value) {
        var record = new ConsumerRecord<byte[], byte[]>(topic.name(), 0, 0, null, value.getBytes(UTF_8));
        if (requestId != null) {
            record.headers().add("request_id", requestId.getBytes(UTF_8));
        }
        hindrance.take(record);
    }
}
