package io.captchapipeline.router.api;

import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicReference;

/// Wakes one who looks again and again. Who takes the next ring before looking misses none.
final class Bell {

    private final AtomicReference<Promise<Void>> next = new AtomicReference<>(Promise.promise());

    void ring() {
        next.get().tryComplete();
    }

    /// Completed by the first ring from now on, or by whoever loses patience.
    Promise<Void> nextRing() {
        var promise = Promise.<Void>promise();
        next.set(promise);
        return promise;
    }
}
