package io.captchapipeline.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineMapTest {
    private static final List<ServiceContract> CONTRACTS = constants(Pipeline.class, ServiceContract.class);

    @Test
    void every_topic_is_listed() {
        assertThat(List.<Object>copyOf(Topics.all()))
                .containsExactlyInAnyOrderElementsOf(constants(Topics.class, Topic.class));
    }

    @Test
    void every_contract_is_listed() {
        var listed = new ArrayList<>(Pipeline.services());
        listed.addAll(Pipeline.neighbours());

        assertThat(listed).containsExactlyInAnyOrderElementsOf(CONTRACTS);
    }

    @Test
    void every_topic_has_a_writer_and_a_reader() {
        assertThat(Topics.all()).allSatisfy(topic -> {
            assertThat(CONTRACTS).anyMatch(contract -> contract.mayWrite(topic));
            assertThat(CONTRACTS).anyMatch(contract -> contract.mayRead(topic));
        });
    }

    @Test
    void the_trail_misses_no_audited_topic() {
        assertThat(Pipeline.AUDIT_SINK.reads()).allMatch(Topic::audited);
        assertThat(Topics.all()).filteredOn(Topic::audited).allMatch(Pipeline.AUDIT_SINK::mayRead);
    }

    private static <T> List<T> constants(Class<?> holder, Class<T> type) {
        return Arrays.stream(holder.getFields())
                .filter(field -> field.getType() == type)
                .map(field -> type.cast(value(field)))
                .toList();
    }

    private static Object value(Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
