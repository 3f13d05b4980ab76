package io.captchapipeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.kit.ServiceDefinition;
import io.captchapipeline.schemas.topic.Pipeline;
import io.captchapipeline.schemas.topic.ServiceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServicesTest {

    /// A service that the build knows and `up` does not would be missed by nobody until production.
    @Test
    void every_service_that_is_built_runs_in_the_order_an_event_travels() throws IOException {
        var build = Files.readString(Path.of("..", "pom.xml"));

        assertThat(Services.ALL)
                .extracting(ServiceDefinition::contract)
                .isEqualTo(Pipeline.services().stream()
                        .filter(service -> build.contains("<module>" + service.name() + "</module>"))
                        .toList());
    }

    @Test
    void services_are_found_by_their_names() {
        assertThat(Services.named("ingress-callback"))
                .map(ServiceDefinition::contract)
                .contains(Pipeline.INGRESS_CALLBACK);
        assertThat(Services.named("nobody")).isEmpty();
        assertThat(Services.names())
                .isSubsetOf(
                        Pipeline.services().stream().map(ServiceContract::name).toList());
    }
}
