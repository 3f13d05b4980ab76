package io.captchapipeline.kit.kafka;

import java.time.Duration;

/// How long a publisher waits for the broker's confirmation, and how much may wait.
///
/// @param deliveryTimeout an event that is not confirmed by then has failed
/// @param linger how long a batch waits for company
/// @param maxInFlight events that wait for their confirmation
/// @param maxBytes memory for events that wait to be sent
public record PublisherLimits(Duration deliveryTimeout, Duration linger, int maxInFlight, long maxBytes) {

    private static final long MIB = 1024 * 1024;

    public static final PublisherLimits DEFAULT =
            new PublisherLimits(Duration.ofSeconds(10), Duration.ofMillis(1), 50_000, 64 * MIB);

    public PublisherLimits within(Duration timeout) {
        return new PublisherLimits(timeout, linger, maxInFlight, maxBytes);
    }

    public PublisherLimits lingering(Duration time) {
        return new PublisherLimits(deliveryTimeout, time, maxInFlight, maxBytes);
    }

    public PublisherLimits atMost(int events) {
        return new PublisherLimits(deliveryTimeout, linger, events, maxBytes);
    }
}
