package io.captchapipeline.standalone.commands;

import io.captchapipeline.kit.ExitCode;
import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.ticket.Ticket;
import io.captchapipeline.schemas.ticket.Tickets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// A callback URL of somebody who submits to the solver by himself.
@Command(
        name = "ticket",
        description = "Prints a callback URL for scrapers that submit to the solver by themselves.",
        footer = "%nGive it to the solver as `pingback`. Whoever has it can deliver answers: keep it like a password.",
        mixinStandardHelpOptions = true)
public final class TicketCommand implements Callable<Integer> {

    @Option(names = "--route", paramLabel = "R", converter = RouteText.class, description = "Outcomes take this route.")
    private @Nullable Route route;

    @Option(
            names = "--valid",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Good for so long, 30d say; without it until CALLBACK_SECRET is rotated away.")
    private @Nullable Duration valid;

    @Override
    public Integer call() {
        var settings = Surroundings.of(Catalogue.COMMANDS, Catalogue.TICKET).settings();
        var base = settings.find(Catalogue.CALLBACK_URL)
                .orElseThrow(() -> new StartFailure("There is no callback URL: set CALLBACK_URL to the public base of"
                        + " your ingress, https://callbacks.example.com/callback say"));
        var secrets = settings.get(Catalogue.CALLBACK_SECRET).stream()
                .map(Secret::value)
                .toList();
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var ticket = new Ticket.ForRoute(route, now, valid == null ? null : now.plus(valid));
        System.out.println(base + "/" + Tickets.signedWith(secrets).mint(ticket));
        return ExitCode.OK;
    }
}
