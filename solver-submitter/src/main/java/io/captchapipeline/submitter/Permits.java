package io.captchapipeline.submitter;

import io.captchapipeline.kit.consume.Share;
import io.captchapipeline.kit.settings.Rate;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// What bounds our posts: so many a second, and so many under way at once. The limits are the group's; this instance
/// has the share of them that it has of the partitions. One thread takes them, any thread gives them back.
final class Permits {
    /// What may gather while nobody asks: the posts of this time, and one at least.
    private static final Duration BURST = Duration.ofMillis(200);
    private static final Duration UNTIL_SOME_POST_ENDS = Duration.ofMillis(100);
    /// So many times the concurrency may be posting or telling: a broker that is away soon stops the posts.
    private static final int MOST_UNTOLD = 2;
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(1);

    private final AtomicInteger posting = new AtomicInteger();
    private final AtomicInteger given = new AtomicInteger();
    private final Rate rate;
    private final int concurrency;
    private final Bucket bucket;
    private volatile int ownConcurrency;

    Permits(Rate rate, int concurrency, TimeMeter time) {
        this.rate = rate;
        this.concurrency = concurrency;
        this.bucket = Bucket.builder()
                .addLimit(bandwidth(rate.perSecond()))
                .withCustomTimePrecision(time)
                .build();
    }

    /// From here on this share of the limits is ours.
    void assigned(Share share) {
        ownConcurrency = share.of(concurrency);
        if (share.owned() > 0) {
            var own = BucketConfiguration.builder()
                    .addLimit(bandwidth(share.of(rate.perSecond())))
                    .build();
            bucket.replaceConfiguration(own, TokensInheritanceStrategy.AS_IS);
        }
    }

    Grant take() {
        if (posting.get() >= ownConcurrency || given.get() >= ownConcurrency * MOST_UNTOLD) {
            return new Grant.Hold(Grant.Reason.CONCURRENCY, UNTIL_SOME_POST_ENDS);
        }
        var token = bucket.tryConsumeAndReturnRemaining(1);
        if (token.isConsumed()) {
            return new Permit(posting, given);
        }
        var refill = Duration.ofNanos(token.getNanosToWaitForRefill());
        return new Grant.Hold(Grant.Reason.RATE, refill.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : refill);
    }

    /// Posts that are not answered yet.
    int posting() {
        return posting.get();
    }

    /// Those, and answers that the broker does not have yet.
    int given() {
        return given.get();
    }

    /// Refilled bit by bit, so that posts are spread and do not come in volleys.
    private static Bandwidth bandwidth(double perSecond) {
        long capacity = Math.max(1, Math.round(perSecond * BURST.toMillis() / 1000));
        long nanos = Math.max(1, Math.round(capacity * 1e9 / perSecond));
        return Bandwidth.builder()
                .capacity(capacity)
                .refillGreedy(capacity, Duration.ofNanos(nanos))
                .build();
    }
}
