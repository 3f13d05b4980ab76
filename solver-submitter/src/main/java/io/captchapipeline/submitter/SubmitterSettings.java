package io.captchapipeline.submitter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.kit.consume.ConsumeLimits;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.InvalidSettings;
import io.captchapipeline.kit.settings.Rate;
import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.schemas.event.Account;
import io.captchapipeline.schemas.ticket.Tickets;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// What a submitter can be told.
///
/// @param probeEvery how often an account that was refused is probed, where the solver names no time
record SubmitterSettings(
        URI solver,
        Secret key,
        Optional<URI> callbackUrl,
        List<Secret> callbackSecrets,
        Duration ticketLife,
        Rate rate,
        int concurrency,
        Duration pollInterval,
        int mostPolls,
        SolverClient.Timeouts timeouts,
        AccountWatch.Times times,
        Duration probeEvery) {
    /// Together below the shortest default of ATTEMPT_TIMEOUT: a late acceptance would be paid beside a second attempt.
    private static final SolverClient.Timeouts TIMEOUTS =
            new SolverClient.Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(20));

    private static final AccountWatch.Times TIMES =
            new AccountWatch.Times(Duration.ofSeconds(60), Duration.ofSeconds(5));
    private static final Duration PROBE_EVERY = Duration.ofSeconds(60);
    private static final int POLLS_UNDER_WAY = 32;
    private static final int REPORTS_UNDER_WAY = 8;
    private static final int ALIAS_BYTES = 5;
    private static final Secret SANDBOX_KEY = new Secret("0".repeat(32));

    static SubmitterSettings from(Settings settings) {
        return new SubmitterSettings(
                settings.get(Catalogue.CAPTCHAAI_URL),
                key(settings),
                settings.find(Catalogue.CALLBACK_URL),
                settings.get(Catalogue.CALLBACK_SECRET),
                settings.get(Catalogue.TICKET_TTL),
                settings.get(Catalogue.SUBMIT_RATE),
                settings.get(Catalogue.SUBMIT_CONCURRENCY),
                settings.get(Catalogue.POLL_INTERVAL),
                settings.get(Catalogue.POLL_MAX),
                TIMEOUTS,
                TIMES,
                PROBE_EVERY);
    }

    /// `host-` and ten digits of a hash over solver and key: the same for every instance and after every restart,
    /// another one for another key, and no way back to the key.
    Account account() {
        var host = solver.getHost().replaceAll("[^A-Za-z0-9.-]", "");
        var digest = sha256("captcha-pipeline account\n" + solver.getHost() + "\n" + key.value());
        var shown = host.substring(0, Math.min(host.length(), 40));
        return new Account(shown + "-" + HexFormat.of().formatHex(digest, 0, ALIAS_BYTES));
    }

    Callbacks callbacks() {
        var secrets = callbackSecrets.stream().map(Secret::value).toList();
        return new Callbacks(callbackUrl, Tickets.signedWith(secrets), ticketLife);
    }

    Polls.Limits polls() {
        return new Polls.Limits(pollInterval, mostPolls, POLLS_UNDER_WAY);
    }

    ConsumeLimits reports() {
        return ConsumeLimits.DEFAULT.inFlight(REPORTS_UNDER_WAY);
    }

    /// For all that can be under way at once, and a balance: a post that waits for a connection is a refusal in the
    /// end.
    int connections() {
        return concurrency + POLLS_UNDER_WAY + REPORTS_UNDER_WAY + 2;
    }

    /// The sandbox, which `up` brings where there is no account, takes any key of 32 characters.
    private static Secret key(Settings settings) {
        var key = settings.find(Catalogue.CAPTCHAAI_API_KEY);
        return settings.standalone() ? key.orElse(SANDBOX_KEY) : key.orElseThrow(SubmitterSettings::noKey);
    }

    private static InvalidSettings noKey() {
        return new InvalidSettings(List.of(Catalogue.CAPTCHAAI_API_KEY
                + " is missing: set it to the API key of your account at the solver, or CAPTCHAAI_API_KEY_FILE to a file"
                + " that holds it; ./captcha up without one uses a sandbox"));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
