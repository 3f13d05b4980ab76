package io.captchapipeline.schemas.wire;

import io.captchapipeline.schemas.event.Event;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// One running process that writes events; makes their envelopes, each with an id of its own.
public final class Sender {
    private final String source;
    private final Clock clock;
    private final String run = UUID.randomUUID().toString();
    private final AtomicLong count = new AtomicLong();

    /// @param name the service's name in the pipeline, or the client's own
    public Sender(String name, Clock clock) {
        this.source = "/captcha-pipeline/" + name;
        this.clock = clock;
    }

    public Envelope envelope(Event event) {
        return new Envelope(
                run + "-" + count.incrementAndGet(), source, Envelope.typeOf(event), clock.instant(), event.about());
    }
}
