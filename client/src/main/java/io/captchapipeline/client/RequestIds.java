package io.captchapipeline.client;

import io.captchapipeline.schemas.event.RequestId;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/// Makes ids that nobody else makes, in the form of a UUID of version 7: in the order of their time.
final class RequestIds {
    private static final int RANDOM_BITS_A = 12;
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    RequestIds(Clock clock) {
        this.clock = clock;
    }

    RequestId next() {
        var high = (clock.millis() << 16) | VERSION | random.nextInt(1 << RANDOM_BITS_A);
        var low = VARIANT | (random.nextLong() >>> 2);
        return new RequestId(new UUID(high, low).toString());
    }
}
