package io.captchapipeline.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BehaviourTest {
    @Test
    void by_default_nothing_goes_wrong() {
        assertThat(Json.text(Behaviour.DEFAULT)).isEqualTo("""
                {"solve_ms":[1000,3000],"fail_rate":0.0,"error_code":"ERROR_CAPTCHA_UNSOLVABLE","drop_callback_rate":0.0,\
                "duplicate_rate":0.0,"conflict_rate":0.0,"callback_before_reply_rate":0.0,"lose_reply_rate":0.0,\
                "no_slot_rate":0.0,"http_500_rate":0.0,"reply_delay_ms":0,"callback_method":"GET","balance":10,"seed":0}""");
    }

    @Test
    void what_is_not_mentioned_stays() throws IOException {
        var changed = merged("{\"http_500_rate\":0.25,\"balance\":0.5}");

        assertThat(changed)
                .isEqualTo(Behaviour.DEFAULT.with("http_500_rate", 0.25).with("balance", 0.5))
                .isNotEqualTo(Behaviour.DEFAULT);
        assertThat(Json.read(Json.bytes(changed), 0, Json.bytes(changed).length, Behaviour.class))
                .isEqualTo(changed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fail_rate:1.01",
                "fail_rate:-0.1",
                "fail_rate:\"0.5\"",
                "fail_rate:null",
                "fail_rate:true",
                "drop_callback_rate:2",
                "duplicate_rate:2",
                "conflict_rate:2",
                "callback_before_reply_rate:2",
                "lose_reply_rate:2",
                "no_slot_rate:2",
                "http_500_rate:2",
                "solve_ms:[3,1]",
                "solve_ms:[1]",
                "solve_ms:[1,2,3]",
                "solve_ms:5",
                "solve_ms:[-1,5]",
                "solve_ms:[0.5,5]",
                "error_code:\"oops\"",
                "error_code:\"CAPCHA_NOT_READY\"",
                "error_code:5",
                "reply_delay_ms:-1",
                "reply_delay_ms:3600001",
                "reply_delay_ms:1.5",
                "callback_method:\"PUT\"",
                "callback_method:\"get\"",
                "balance:-1",
                "balance:\"ten\"",
                "balance:0.000001",
                "seed:1.5",
                "seed:\"1\"",
                "seed:9223372036854775808"
            })
    void a_bad_value_is_refused_by_its_name(String field) {
        int colon = field.indexOf(':');
        var name = field.substring(0, colon);

        assertThatThrownBy(() -> merged("{\"" + name + "\"" + field.substring(colon) + "}"))
                .isInstanceOf(InvalidBehaviour.class)
                .hasMessageStartingWith(name + " must be ");
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        assertThatThrownBy(() -> merged("{\"fail_rat\":0.5,\"seed\":\"x\",\"balance\":1}"))
                .isInstanceOf(InvalidBehaviour.class)
                .hasMessageContaining("fail_rat is not a field")
                .hasMessageContaining("seed must be")
                .hasMessageNotContaining("balance must be");
    }

    @Test
    void a_behaviour_is_an_object() {
        assertThatThrownBy(() -> merged("[]")).isInstanceOf(InvalidBehaviour.class);
    }

    private static Behaviour merged(String json) throws IOException {
        return Behaviour.DEFAULT.merged(Json.parse(json.getBytes(UTF_8)));
    }
}
