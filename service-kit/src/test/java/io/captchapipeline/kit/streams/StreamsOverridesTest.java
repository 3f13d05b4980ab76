package io.captchapipeline.kit.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class StreamsOverridesTest {

    @Test
    void what_is_named_after_us_and_streams_goes_over_our_settings_and_nothing_else() {
        var properties = new Properties();
        properties.setProperty("captcha.streams.commit.interval.ms", "20");
        properties.setProperty("captcha.streams.producer.linger.ms", "100");
        properties.setProperty("user.dir", "/");

        assertThat(StreamsOverrides.in(properties))
                .containsEntry("commit.interval.ms", "20")
                .containsEntry("producer.linger.ms", "100")
                .hasSize(2);
    }
}
