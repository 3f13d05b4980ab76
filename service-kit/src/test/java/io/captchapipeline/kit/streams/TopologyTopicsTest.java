package io.captchapipeline.kit.streams;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.captchapipeline.kit.ForbiddenTopic;
import io.captchapipeline.schemas.topic.Pipeline;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

class TopologyTopicsTest {

    private static final String APPLICATION = "captcha-result-router";

    @Test
    void a_service_may_read_and_write_what_the_map_gives_it_and_the_topics_of_its_routes() {
        assertThatCode(() -> check("captcha-results", "captcha-solved.login")).doesNotThrowAnyException();
    }

    @Test
    void a_foreign_topic_is_not_read() {
        assertThatThrownBy(() -> check("captcha-alerts", "captcha-solved"))
                .isInstanceOf(ForbiddenTopic.class)
                .hasMessageContaining("result-router may not read captcha-alerts");
    }

    @Test
    void a_foreign_topic_is_not_written() {
        assertThatThrownBy(() -> check("captcha-results", "captcha-results"))
                .isInstanceOf(ForbiddenTopic.class)
                .hasMessageContaining("result-router may not write captcha-results");
    }

    @Test
    void what_is_internal_to_the_application_is_its_own() {
        assertThatCode(() -> check(APPLICATION + "-rekeyed-repartition", APPLICATION + "-rekeyed-repartition"))
                .doesNotThrowAnyException();
    }

    @Test
    void a_topic_that_is_chosen_record_by_record_cannot_be_checked_and_is_refused() {
        var topology = new Topology()
                .addSource("in", "captcha-results")
                .addSink("out", (key, value, context) -> "captcha-solved", "in");

        assertThatThrownBy(() -> TopologyTopics.check(Pipeline.RESULT_ROUTER, APPLICATION, topology))
                .isInstanceOf(ForbiddenTopic.class);
    }

    private static void check(String read, String written) {
        var topology = new Topology().addSource("in", read).addSink("out", written, "in");
        TopologyTopics.check(Pipeline.RESULT_ROUTER, APPLICATION, topology);
    }
}
