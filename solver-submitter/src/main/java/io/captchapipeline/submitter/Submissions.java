package io.captchapipeline.submitter;

import io.captchapipeline.kit.consume.Claim;
import io.captchapipeline.kit.consume.Claimant;
import io.captchapipeline.kit.consume.Received;
import io.captchapipeline.kit.consume.Share;
import io.captchapipeline.schemas.event.Admitted;
import io.captchapipeline.schemas.event.Attempt;
import io.captchapipeline.schemas.topic.Topics;
import java.time.Clock;
import java.util.List;

/// Decides which requests are posted now. A request waits in its topic until a permit is there; then its attempt is
/// committed together with its offset, and only after that it is posted, once.
final class Submissions implements Claimant<Admitted> {
    private final SolverAccount account;
    private final Permits permits;
    private final Posting posting;
    private final SubmitterWatch watch;
    private final Clock clock;

    Submissions(SolverAccount account, Permits permits, Posting posting, SubmitterWatch watch, Clock clock) {
        this.account = account;
        this.permits = permits;
        this.posting = posting;
        this.watch = watch;
        this.clock = clock;
    }

    @Override
    public void assigned(Share share) {
        permits.assigned(share);
    }

    @Override
    public Claim choose(Received<Admitted> record, Share share) {
        var request = record.event();
        if (isTooLate(request)) {
            watch.notPosted(request.method(), NotPosted.TOO_LATE);
            return Claim.pass();
        }
        return RequiredParams.complaint(request.method(), request.params())
                .map(complaint -> refused(request, complaint))
                .orElseGet(() -> held(request));
    }

    /// A permit is taken last: one that is not used would be lost for its second.
    private Claim held(Admitted request) {
        var hold = account.holdsPosts().or(permits::take);
        hold.ifPresent(why -> watch.held(why.reason()));
        return hold.<Claim>map(why -> new Claim.Wait(why.delay())).orElseGet(() -> taken(request));
    }

    private Claim taken(Admitted request) {
        var attempt = new Attempt(
                request.requestId(),
                request.attempt(),
                request.method(),
                request.route(),
                account.name(),
                clock.instant());
        return new Claim.Take(
                List.of(new Claim.Mark<>(Topics.ATTEMPTS, attempt)), () -> post(request), permits::release);
    }

    private Claim refused(Admitted request, String complaint) {
        watch.notPosted(request.method(), NotPosted.INVALID);
        var result = Results.invalid(request, complaint, clock.instant());
        return new Claim.Pass(List.of(new Claim.Mark<>(Topics.RESULTS, result)));
    }

    private void post(Admitted request) {
        try {
            if (isTooLate(request)) {
                watch.notPosted(request.method(), NotPosted.TOO_LATE_TO_POST);
            } else {
                posting.post(request);
            }
        } finally {
            permits.release();
        }
    }

    private boolean isTooLate(Admitted request) {
        return !clock.instant().isBefore(request.deadline());
    }
}
