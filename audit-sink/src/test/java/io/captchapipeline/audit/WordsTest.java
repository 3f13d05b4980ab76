package io.captchapipeline.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void a_text_is_one_word_exactly_where_the_pattern_says_so() {
        assertThat(Words.isOne("")).isFalse();
        for (char c = 0; c < Character.MAX_VALUE; c++) {
            var text = "a" + c;
            assertThat(Words.isOne(text))
                    .as("U+%04X", (int) c)
                    .isEqualTo(Words.WORD.matcher(text).matches());
        }
    }
}
