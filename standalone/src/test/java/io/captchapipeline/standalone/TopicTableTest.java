package io.captchapipeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.kit.kafka.TopicState;
import io.captchapipeline.schemas.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicTableTest {

    private static final TopicState AS_WANTED = new TopicState(Topics.RESULTS, 6, 3, Topics.RESULTS.configs());

    @Test
    void topics_as_they_should_be_have_no_remarks() {
        var table = new TopicTable(List.of(AS_WANTED), 6, 3);

        assertThat(table.text()).isEqualTo("""
                        TOPIC            PARTITIONS  REPLICATION  CLEANUP  RETENTION  MAX BYTES  STATE
                        captcha-results  6           3            delete   24h        4 MiB      ok
                        """);
        assertThat(table.fits()).isTrue();
    }

    @Test
    void programs_read_numbers_as_the_broker_has_them() {
        var table = new TopicTable(List.of(AS_WANTED, new TopicState(Topics.SUBMIT, 0, 0, Map.of())), 6, 3);

        assertThat(table.json().lines())
                .satisfiesExactly(
                        there -> assertThat(there)
                                .isEqualTo(
                                        "{\"topic\":\"captcha-results\",\"exists\":true,\"partitions\":6,\"replication\":3,"
                                                + "\"cleanup_policy\":\"delete\",\"retention_ms\":86400000,"
                                                + "\"max_message_bytes\":4194304,\"remarks\":[]}"),
                        missing -> assertThat(missing)
                                .contains("\"topic\":\"captcha-submit\",\"exists\":false", "./captcha topics create"));
    }

    @Test
    void a_missing_topic_stops_a_start_and_says_what_to_do() {
        var table = new TopicTable(List.of(new TopicState(Topics.RESULTS, 0, 0, Map.of())), 6, 3);

        assertThat(table.text())
                .containsPattern("captcha-results +- .* missing")
                .contains("run ./captcha topics create");
        assertThat(table.fits()).isFalse();
    }

    @Test
    void another_retention_differs_and_does_not_stop_a_start() {
        var configs = new HashMap<>(Topics.RESULTS.configs());
        configs.put("retention.ms", "3600000");
        var table = new TopicTable(List.of(new TopicState(Topics.RESULTS, 6, 3, configs)), 6, 3);

        assertThat(table.text()).contains("1h", "differs", "captcha-results has retention.ms 3600000, not 86400000");
        assertThat(table.fits()).isTrue();
    }

    @Test
    void another_number_of_partitions_stops_a_start() {
        assertThat(new TopicTable(List.of(AS_WANTED), 12, 3).fits()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"3600000,1h", "86400000,24h", "604800000,7d", "90000000,25h", "1500,1500ms", "-1,for ever"})
    void times_read_as_people_say_them(String millis, String said) {
        assertThat(TopicTable.time(millis)).isEqualTo(said);
    }
}
