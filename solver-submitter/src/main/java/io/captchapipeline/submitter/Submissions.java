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
                .orElseGet(() -> granted(request));
    }

    /// A permit is taken last: a token of the rate that is not used would be lost.
    private Claim granted(Admitted request) {
        return switch (account.holdsPosts().<Grant>map(hold -> hold).orElseGet(permits::take)) {
            case Grant.Hold hold -> {
                watch.held(hold.reason());
                yield new Claim.Wait(hold.delay());
            }
            case Permit permit -> permitted(request, permit);
        };
    }

    private Claim permitted(Admitted request, Permit permit) {
        var complaint = RequiredParams.unreadable(request.method(), request.params());
        complaint.ifPresent(_ -> permit.release());
        return complaint.map(text -> refused(request, text)).orElseGet(() -> taken(request, permit));
    }

    private Claim taken(Admitted request, Permit permit) {
        var attempt = new Attempt(
                request.requestId(),
                request.attempt(),
                request.method(),
                request.route(),
                account.name(),
                clock.instant());
        return new Claim.Take(
                List.of(new Claim.Mark<>(Topics.ATTEMPTS, attempt)), () -> post(request, permit), permit::release);
    }

    private Claim refused(Admitted request, String complaint) {
        watch.notPosted(request.method(), NotPosted.INVALID);
        var result = Results.invalid(request, complaint, clock.instant());
        return new Claim.Pass(List.of(new Claim.Mark<>(Topics.RESULTS, result)));
    }

    private void post(Admitted request, Permit permit) {
        try {
            if (isTooLate(request)) {
                watch.notPosted(request.method(), NotPosted.TOO_LATE_TO_POST);
            } else {
                posting.post(request, permit);
            }
        } finally {
            permit.release();
        }
    }

    private boolean isTooLate(Admitted request) {
        return !clock.instant().isBefore(request.deadline());
    }
}
