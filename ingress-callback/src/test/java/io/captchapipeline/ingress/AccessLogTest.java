package io.captchapipeline.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.captchapipeline.schemas.ticket.Ticket;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AccessLogTest {
    @Test
    void the_access_log_names_neither_tickets_nor_queries() throws IOException {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var access = (Logger) LoggerFactory.getLogger("io.captchapipeline.ingress.access");
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        root.addAppender(logged);
        access.setLevel(Level.DEBUG);
        var ticket = TestIngress.TICKETS.mint(new Ticket.ForRoute(null, Instant.now(), null));

        try (var ingress = new TestIngress(TestIngress.inMemory(), true)) {
            ingress.get("/callback/" + ticket + "?id=4711&code=TOKEN");
            ingress.get("/callback/" + ticket + "x?id=4711&code=TOKEN");
            ingress.post("/pingback", "application/x-www-form-urlencoded", "id=4711&code=TOKEN");
        } finally {
            access.setLevel(null);
            root.detachAppender(logged);
        }

        var lines = logged.list.stream()
                .filter(event -> event.getLoggerName().equals(access.getName()))
                .map(event -> event.getFormattedMessage() + " " + event.getKeyValuePairs())
                .toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).contains("path=\"/callback/***\"", "status=\"200\"");
        assertThat(logged.list)
                .allSatisfy(event -> assertThat(event.getFormattedMessage() + event.getKeyValuePairs())
                        .doesNotContain("TOKEN", "4711", ticket));
    }
}
