package io.captchapipeline.kit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.captchapipeline.schemas.topic.Pipeline;
import io.captchapipeline.schemas.topic.ServiceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @Test
    void the_configuration_page_says_what_the_catalogue_says() throws IOException {
        if (Boolean.getBoolean("update.docs")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, Reference.page());
        }

        assertThat(PAGE)
                .as("docs/configuration.md is generated: mvn test -pl service-kit -am -Dtest=CatalogueTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dupdate.docs=true")
                .hasContent(Reference.page());
    }

    @Test
    void a_setting_is_declared_once() {
        assertThat(Catalogue.all()).extracting(Setting::name).doesNotHaveDuplicates();
    }

    @Test
    void the_readers_are_the_services_of_the_pipeline() {
        assertThat(Pipeline.services())
                .extracting(ServiceContract::name)
                .containsExactly(
                        Catalogue.INGRESS, Catalogue.SUBMITTER, Catalogue.ROUTER, Catalogue.AUDIT, Catalogue.ALERTING);
    }

    static Iterable<Setting<?>> withFixedDefaults() {
        var settings = new ArrayList<>(Catalogue.all());
        settings.removeIf(setting -> !(setting.fallback() instanceof Default.Fixed));
        return settings;
    }

    @ParameterizedTest
    @MethodSource("withFixedDefaults")
    void a_default_is_a_value_of_its_setting(Setting<?> setting) {
        assertThatCode(() -> setting.type().parse().apply(setting.fallback().description()))
                .doesNotThrowAnyException();
    }
}
