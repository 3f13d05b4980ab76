package io.captchapipeline.benchmarks;

import io.captchapipeline.benchmarks.hotpaths.Decide;
import io.captchapipeline.benchmarks.hotpaths.DecodeEntry;
import io.captchapipeline.benchmarks.hotpaths.DecodeOutcome;
import io.captchapipeline.benchmarks.hotpaths.DecodeResult;
import io.captchapipeline.benchmarks.hotpaths.EncodeEntry;
import io.captchapipeline.benchmarks.hotpaths.EncodeOutcome;
import io.captchapipeline.benchmarks.hotpaths.EncodeResult;
import io.captchapipeline.benchmarks.hotpaths.TicketCheck;
import io.captchapipeline.ingress.CallbackParse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Time and memory that a callback takes where it waits for nobody, each beside the least that can be done with the
/// same
/// bytes; by JMH, in a process of its own each.
final class HotPathsBenchmark {
    private static final List<Path> PATHS = List.of(
            new Path("a ticket is checked", TicketCheck.class, "bare HMAC-SHA256"),
            new Path("a callback's query becomes an event", CallbackParse.class, "its values cut out"),
            new Path("that event becomes JSON", EncodeResult.class, "a plain tree does"),
            new Path("that event is read", DecodeResult.class, "as a plain tree"),
            new Path("the ledger's entry is read", DecodeEntry.class, "bytes copied"),
            new Path("the ledger decides", Decide.class, "a look-up in a map"),
            new Path("the ledger's entry becomes bytes", EncodeEntry.class, "bytes copied"),
            new Path("an outcome becomes JSON", EncodeOutcome.class, "a plain tree does"),
            new Path("an outcome is read", DecodeOutcome.class, "as a plain tree"));
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final int WARM_UPS = 2;
    private static final int MEASURED = 3;

    private HotPathsBenchmark() {}

    /// @param floor what stands beside it
    private record Path(String what, Class<?> type, String floor) {}

    static Findings run() throws RunnerException {
        var options = new OptionsBuilder()
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(MEASURED)
                .measurementTime(TimeValue.seconds(1))
                .jvmArgsAppend(
                        "-Xms512m",
                        "-Xmx512m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseParallelGC",
                        "--sun-misc-unsafe-memory-access=allow")
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        PATHS.forEach(path -> options.include("^" + Pattern.quote(path.type().getName()) + "\\."));
        System.out.println(PATHS.size() + " paths and their floors, " + (WARM_UPS + MEASURED) + " s each");
        return new Findings(rows(new Runner(options.build()).run()));
    }

    private static List<Row> rows(Collection<RunResult> results) {
        var rows = new ArrayList<Row>();
        for (var path : PATHS) {
            var own = find(results, path, "path");
            var floor = find(results, path, "floor");
            rows.add(Row.untargeted(path.what(), "ns", nanos(own), path.floor(), nanos(floor)));
            rows.add(Row.untargeted(path.what() + ", allocated", "B", bytes(own), path.floor(), bytes(floor)));
        }
        return rows;
    }

    private static RunResult find(Collection<RunResult> results, Path path, String method) {
        var name = path.type().getName() + "." + method;
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " was not measured"));
    }

    private static double nanos(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    /// Whole ones: what is no allocation at all is told as a small part of a byte.
    private static double bytes(RunResult result) {
        Result<?> allocated =
                Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED));
        return Math.rint(allocated.getScore());
    }
}
