package io.captchapipeline.alerting.judge;

import io.captchapipeline.alerting.figures.FailedRequest;
import io.captchapipeline.alerting.figures.Form;
import io.captchapipeline.alerting.figures.Outcomes;
import io.captchapipeline.alerting.figures.Table;
import io.captchapipeline.schemas.event.FailureDigest;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which requests failed since the digest before, at every full period. Where none did, nothing is said. What failed
/// before the first look is history, which may be that of days.
final class Digests {
    private static final String LAST = "digest";
    private static final int MOST_IDS = 5;

    private final Table table;
    private final Optional<Duration> period;

    /// When the last digest ended, and how many had failed by then, by route and error.
    private record Last(Instant to, Map<String, Long> failed) {}

    Digests(Table table, Optional<Duration> period) {
        this.table = table;
        this.period = period;
    }

    List<FailureDigest> of(Instant now, Judge.Together sum) {
        if (period.isEmpty()) {
            return List.of();
        }
        var to = begin(now, period.get());
        var last = Form.find(table, LAST, Last.class);
        if (last != null && !to.isAfter(last.to())) {
            return List.of();
        }
        var failed = failed(sum);
        table.put(LAST, Form.write(new Last(to, failed)));
        if (last == null) {
            return List.of();
        }
        var lines = lines(last, failed, sum.failures());
        long count = lines.stream().mapToLong(FailureDigest.Line::count).sum();
        return count == 0 ? List.of() : List.of(new FailureDigest(last.to(), to, count, lines));
    }

    private static List<FailureDigest.Line> lines(Last last, Map<String, Long> failed, List<FailedRequest> newest) {
        var lines = new ArrayList<FailureDigest.Line>();
        failed.forEach((scope, count) -> {
            long more = count - last.failed().getOrDefault(scope, 0L);
            if (more > 0) {
                lines.add(line(scope, more, last.to(), newest));
            }
        });
        lines.sort(Comparator.comparingLong(FailureDigest.Line::count).reversed());
        return lines;
    }

    private static FailureDigest.Line line(String scope, long count, Instant since, List<FailedRequest> newest) {
        int blank = scope.indexOf(' ');
        var route = blank < 1 ? null : scope.substring(0, blank);
        var error = scope.substring(blank + 1);
        var ids = newest.stream()
                .filter(request -> request.at().isAfter(since)
                        && request.error().equals(error)
                        && Objects.equals(request.route(), route))
                .map(request -> new RequestId(request.id()))
                .toList();
        return new FailureDigest.Line(
                named(route),
                error,
                count,
                ids.subList((int) Math.max(0, ids.size() - Math.min(MOST_IDS, count)), ids.size()));
    }

    private static @Nullable Route named(@Nullable String route) {
        return route == null ? null : new Route(route);
    }

    private static Map<String, Long> failed(Judge.Together sum) {
        var failed = new HashMap<String, Long>();
        sum.outcomes().forEach((scope, tally) -> {
            if (scope.startsWith(Outcomes.FAILURE)) {
                failed.put(scope.substring(Outcomes.FAILURE.length()), tally.total(Outcomes.FAILED));
            }
        });
        return failed;
    }

    private static Instant begin(Instant now, Duration period) {
        return Instant.ofEpochMilli(now.toEpochMilli() / period.toMillis() * period.toMillis());
    }
}
