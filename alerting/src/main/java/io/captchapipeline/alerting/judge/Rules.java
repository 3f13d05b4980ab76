package io.captchapipeline.alerting.judge;

import static java.util.Locale.ROOT;

import io.captchapipeline.schemas.event.AlertName;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Collectors;

/// What is alarming: one small function an alert, over the situation and the thresholds alone.
///
/// A rate is judged from [Thresholds#minSamples] on. Where nothing happens there is nothing to be alarmed by: an idle
/// pipeline is well, and silence alarms only while somebody waits. Between alarming and well lies a margin, so that a
/// figure which dances around its threshold tells nobody twice.
final class Rules {
    private static final double MARGIN = 0.2;
    private static final Duration SILENT = Duration.ofSeconds(60);
    private static final String IDLE = "Nothing to judge by";

    private Rules() {}

    static Judgement judge(AlertName alert, Situation situation, Thresholds thresholds) {
        if (thresholds.disabled().contains(alert)) {
            return Judgement.well("Switched off by ALERT_DISABLED");
        }
        return switch (alert) {
            case STALE_CALLBACKS -> staleCallbacks(situation, thresholds);
            case HIGH_ERROR_RATE -> highErrorRate(situation, thresholds);
            case SLOW_CALLBACKS -> slowCallbacks(situation, thresholds);
            case LOW_DELIVERY_RATE -> lowDeliveryRate(situation, thresholds);
            case ENDPOINT_DOWN -> endpointDown(situation);
            case LOW_BALANCE -> lowBalance(situation, thresholds);
            case SOLVER_REFUSING -> solverRefusing(situation);
            case DEAD_LETTERS -> deadLetters(situation);
            case OUTCOMES_STALLED -> outcomesStalled(situation);
            case HIGH_FAILURE_RATE -> highFailureRate(situation, thresholds);
            case KAFKA_UNREACHABLE -> kafkaUnreachable(situation);
        };
    }

    private static Judgement staleCallbacks(Situation situation, Thresholds thresholds) {
        if (situation.waitingSince() == null) {
            return Judgement.well("Nobody waits for a callback, or one came since");
        }
        double waited = situation.secondsSince(situation.waitingSince());
        double patience = thresholds.staleAfter().toMillis() / 1000.0;
        return waited > patience
                ? Judgement.alarming(
                                waited,
                                patience,
                                String.format(
                                        ROOT,
                                        "No callback for %.0f s, although a task was submitted that expects one",
                                        waited))
                        .with(
                                "instances_missing",
                                Integer.toString(situation.fleet().missing()))
                : Judgement.well(
                        waited,
                        patience,
                        String.format(ROOT, "The oldest task without a callback is %.0f s old", waited));
    }

    private static Judgement highErrorRate(Situation situation, Thresholds thresholds) {
        var fleet = situation.fleet();
        var rate = fleet.errorRate();
        if (rate == null || fleet.errorSamples() < thresholds.minSamples()) {
            return Judgement.well(IDLE);
        }
        return above(
                rate,
                thresholds.errorRate(),
                String.format(
                        ROOT,
                        "%s of the newest %d callbacks could not be stored",
                        percent(rate),
                        fleet.errorSamples()));
    }

    private static Judgement slowCallbacks(Situation situation, Thresholds thresholds) {
        var fleet = situation.fleet();
        var p95 = fleet.p95Ms();
        if (p95 == null || fleet.latencySamples() < thresholds.minSamples()) {
            return Judgement.well(IDLE);
        }
        return above(
                p95,
                thresholds.p95().toNanos() / 1e6,
                String.format(
                        ROOT,
                        "95 %% of the newest %d callbacks are answered within %.0f ms",
                        fleet.latencySamples(),
                        p95));
    }

    private static Judgement lowDeliveryRate(Situation situation, Thresholds thresholds) {
        var counts = situation.deliveries();
        if (counts.settled() < thresholds.minSamples()) {
            return Judgement.well(IDLE);
        }
        double rate = counts.rate();
        double enough = thresholds.deliveryRate() + (1 - thresholds.deliveryRate()) * MARGIN;
        var summary = String.format(
                ROOT,
                "%s of %d tasks within the last %s were called back",
                percent(rate),
                counts.settled(),
                words(thresholds.window()));
        if (rate < thresholds.deliveryRate()) {
            return Judgement.alarming(rate, thresholds.deliveryRate(), summary);
        }
        return rate < enough ? Judgement.unsure(summary) : Judgement.well(rate, thresholds.deliveryRate(), summary);
    }

    private static Judgement endpointDown(Situation situation) {
        var probes = situation.probes();
        if (probes.asked() == 0) {
            return probes.known() == 0
                    ? Judgement.well("Nobody probes the callback endpoint")
                    : Judgement.unsure("Nobody probes the callback endpoint right now");
        }
        if (probes.strikes() == 0) {
            return Judgement.well("The callback endpoint answers");
        }
        var summary = String.format(
                ROOT,
                "The callback endpoint did not answer well %d times in a row: %s",
                probes.strikes(),
                probes.fault());
        return probes.strikes() < Probes.STRIKES
                ? Judgement.unsure(summary)
                : Judgement.alarming(probes.strikes(), Probes.STRIKES, summary)
                        .with(
                                "instances_missing",
                                Integer.toString(situation.fleet().missing()));
    }

    private static Judgement lowBalance(Situation situation, Thresholds thresholds) {
        if (thresholds.balance().isEmpty()) {
            return Judgement.well("ALERT_BALANCE is not set");
        }
        if (situation.solvers().isEmpty()) {
            return Judgement.well("No account is known");
        }
        double least = thresholds.balance().get();
        var poorest = situation.solvers().stream()
                .filter(solver -> solver.balance() != null)
                .collect(Collectors.toMap(Figure.Solver::account, solver -> solver, Rules::newer))
                .values()
                .stream()
                .min(Comparator.comparingDouble(Rules::balance));
        if (poorest.isEmpty()) {
            return Judgement.unsure("The balance is not known");
        }
        double balance = balance(poorest.get());
        var summary = String.format(
                ROOT, "The balance of account %s is %s", poorest.get().account(), number(balance));
        if (balance < least) {
            return Judgement.alarming(balance, least, summary)
                    .with("account", poorest.get().account());
        }
        return balance < least * (1 + MARGIN) ? Judgement.unsure(summary) : Judgement.well(balance, least, summary);
    }

    private static Judgement solverRefusing(Situation situation) {
        if (situation.solvers().isEmpty()) {
            return Judgement.well("No account is known");
        }
        var fresh = situation.solvers().stream()
                .filter(solver -> !solver.at().isBefore(situation.now().minus(SILENT)))
                .toList();
        if (fresh.isEmpty()) {
            return Judgement.unsure("No submitter tells how its account stands");
        }
        var refusing = fresh.stream().filter(Figure.Solver::refusing).toList();
        if (refusing.isEmpty()) {
            return Judgement.well("The solver takes tasks");
        }
        var first = refusing.getFirst();
        return Judgement.alarming(
                        refusing.size(),
                        1,
                        String.format(
                                ROOT,
                                "The solver refuses account %s: %s",
                                first.account(),
                                first.refusal() == null ? "no reason known" : first.refusal()))
                .with("account", first.account());
    }

    private static Figure.Solver newer(Figure.Solver left, Figure.Solver right) {
        return left.at().isAfter(right.at()) ? left : right;
    }

    private static Judgement deadLetters(Situation situation) {
        long count = situation.deadLetters();
        return count > 0
                ? Judgement.alarming(
                        (double) count,
                        1,
                        String.format(
                                ROOT, "%d dead letters within the last %s", count, words(Judge.DEAD_LETTER_WINDOW)))
                : Judgement.well(0, 1, "No dead letter within the last " + words(Judge.DEAD_LETTER_WINDOW));
    }

    private static Judgement outcomesStalled(Situation situation) {
        int stalled = situation.stalled();
        return stalled > 0
                ? Judgement.alarming(
                        stalled,
                        1,
                        String.format(
                                ROOT,
                                "%d solutions are without their outcome, the oldest for %.0f s",
                                stalled,
                                situation.secondsSince(situation.stalledSince())))
                : Judgement.well(0, 1, "No solution is known to wait for its outcome");
    }

    private static Judgement highFailureRate(Situation situation, Thresholds thresholds) {
        var failures = situation.failures();
        if (failures.all() < thresholds.minSamples()) {
            return Judgement.well(IDLE);
        }
        var often = failures.often() == null ? "" : ", most often " + failures.often();
        return above(
                failures.rate(),
                thresholds.failureRate(),
                String.format(
                        ROOT,
                        "%s of %d requests within the last %s failed%s",
                        percent(failures.rate()),
                        failures.all(),
                        words(thresholds.window()),
                        often));
    }

    private static Judgement kafkaUnreachable(Situation situation) {
        if (situation.kafkaAwaySince() == null) {
            return Judgement.well("Kafka answers");
        }
        double away = situation.secondsSince(situation.kafkaAwaySince());
        double patience = Thresholds.KAFKA_AWAY.toMillis() / 1000.0;
        var summary = String.format(ROOT, "Kafka does not answer for %.0f s", away);
        return away > patience ? Judgement.alarming(away, patience, summary) : Judgement.unsure(summary);
    }

    private static Judgement above(double value, double threshold, String summary) {
        if (value > threshold) {
            return Judgement.alarming(value, threshold, summary);
        }
        return value > threshold * (1 - MARGIN) ? Judgement.unsure(summary) : Judgement.well(value, threshold, summary);
    }

    private static double balance(Figure.Solver solver) {
        var balance = solver.balance();
        return balance == null ? Double.MAX_VALUE : balance;
    }

    private static String percent(double share) {
        return String.format(ROOT, "%.1f %%", share * 100);
    }

    private static String number(double value) {
        return String.format(ROOT, "%.4f", value).replaceFirst("\\.?0+$", "");
    }

    /// A duration as people say it.
    private static String words(Duration time) {
        if (time.toSeconds() % 3600 == 0) {
            return time.toHours() == 1 ? "hour" : time.toHours() + " h";
        }
        return time.toSeconds() % 60 == 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
