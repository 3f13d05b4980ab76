package io.captchapipeline.router.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.router.ledger.LedgerPage.Row;
import io.captchapipeline.router.ledger.Samples.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerPageTest {
    private static final Path PAGE = Path.of("..", "docs", "ledger.md");

    @Test
    void the_page_shows_what_the_code_decides() throws IOException {
        var written = Files.readString(PAGE);
        var begin = written.indexOf(LedgerPage.BEGIN) + LedgerPage.BEGIN.length();
        var end = written.indexOf(LedgerPage.END);
        var asItShouldBe = written.substring(0, begin) + LedgerPage.table() + written.substring(end);
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(PAGE, asItShouldBe);
        }

        assertThat(Files.readString(PAGE))
                .as("docs/ledger.md is stale; rewrite it with: mvn test -pl result-router -am -Dtest=LedgerPageTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dupdate.docs=true")
                .isEqualTo(asItShouldBe);
    }

    @Test
    void the_page_has_every_state() {
        var shown = new HashSet<Class<?>>();
        for (var state : LedgerPage.requestStates().values()) {
            addClass(shown, state.of(Shape.FIRST));
        }
        for (var state : LedgerPage.taskStates().values()) {
            addClass(shown, state.of(Shape.FIRST));
        }

        assertThat(shown).containsExactlyInAnyOrderElementsOf(members(Entry.class));
    }

    @Test
    void the_page_has_every_event() {
        var rows = new ArrayList<>(LedgerPage.requestRows());
        rows.addAll(LedgerPage.taskRows());

        assertThat(rows)
                .extracting(Row::read)
                .<Class<?>>extracting(LedgerEvent::getClass)
                .containsAll(members(LedgerEvent.class));
    }

    private static void addClass(Collection<Class<?>> classes, @Nullable Entry entry) {
        if (entry != null) {
            classes.add(entry.getClass());
        }
    }

    /// The records of a sealed family, however deep.
    private static Set<Class<?>> members(Class<?> family) {
        var members = new HashSet<Class<?>>();
        for (var member : List.of(Objects.requireNonNull(family.getPermittedSubclasses()))) {
            if (member.isSealed()) {
                members.addAll(members(member));
            } else {
                members.add(member);
            }
        }
        return members;
    }
}
