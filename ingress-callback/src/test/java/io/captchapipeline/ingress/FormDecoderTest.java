package io.captchapipeline.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormDecoderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "code=a%2Bb a+b",
                "code=a%7Cb a|b",
                "code=a|b a|b",
                "code=%C3%A9 é",
                "code=%F0%9F%98%80 😀",
                "code==x =x",
                "code=a=b a=b",
                "code=%26 &",
            })
    void a_value_is_decoded_byte_for_byte(String form, String value) {
        assertThat(decode(form)).containsExactly("code=" + value);
    }

    @Test
    void a_plus_is_a_blank_in_a_form_and_itself_in_a_path() {
        assertThat(decode("code=a+b")).containsExactly("code=a b");
        assertThat(FormDecoder.decodePath("a+b")).isEqualTo("a+b");
        assertThat(FormDecoder.decodePath("v1%7Er")).isEqualTo("v1~r");
    }

    @Test
    void raw_bytes_are_utf_8() {
        var raw = new String("é".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(decode("code=" + raw)).containsExactly("code=é");
    }

    @Test
    void empty_parts_are_passed_over_and_a_field_without_equals_is_empty() {
        assertThat(decode("&&id=1&&code&")).containsExactly("id=1", "code=");
        assertThat(decode("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%2", "%zz", "%2g", "%ff", "%C3", "%C3%28", "%ED%A0%80", "\u0100", "%\u0662\u0662"})
    void what_is_not_utf_8_in_percent_encoding_is_refused(String value) {
        assertThatThrownBy(() -> decode("code=a%20" + value))
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.MALFORMED));
    }

    @Test
    void whatever_the_jdk_encodes_comes_back() {
        var random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            var text = new StringBuilder();
            for (int j = random.nextInt(60); j > 0; j--) {
                text.appendCodePoint(random.nextInt(3) == 0 ? 0x1F600 + random.nextInt(50) : 1 + random.nextInt(0x2FF));
            }
            var form = "code=" + URLEncoder.encode(text.toString(), StandardCharsets.UTF_8);
            assertThat(decode(form)).containsExactly("code=" + text);
        }
    }

    private static List<String> decode(String form) {
        var fields = new ArrayList<String>();
        FormDecoder.decode(form, (name, value) -> fields.add(name + "=" + value));
        return fields;
    }
}
