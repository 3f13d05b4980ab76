package io.captchapipeline.submitter;

import io.captchapipeline.schemas.event.Admitted;
import io.captchapipeline.schemas.ticket.Ticket;
import io.captchapipeline.schemas.ticket.Tickets;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Where the solver is to call back: at a URL that says whose answer comes, or nowhere.
///
/// @param life how long such a URL is good
record Callbacks(Optional<URI> base, Tickets tickets, Duration life) {
    boolean expected() {
        return base.isPresent();
    }

    Optional<String> urlFor(Admitted request, Instant now) {
        return base.map(url -> url.toString().replaceFirst("/+$", "") + "/" + tickets.mint(ticket(request, now)));
    }

    private Ticket ticket(Admitted request, Instant now) {
        return new Ticket.ForRequest(
                request.requestId(), request.attempt(), request.method(), request.route(), now, now.plus(life));
    }
}
