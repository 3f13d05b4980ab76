package io.captchapipeline.standalone.commands;

import io.captchapipeline.kit.ExitCode;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.SubmitRequest;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.schemas.wire.UnreadableRecord;
import io.captchapipeline.schemas.wire.Wire;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// What became of the requests of one command so far, shown while it waits.
final class Progress {

    static final int FAILED = 3;
    static final int NO_OUTCOME = 4;

    private static final String PENDING = "pending";
    private static final Duration STEP = Duration.ofMillis(200);

    /// How far a request is.
    private enum Stage {
        QUEUED("queued"),
        SUBMITTED("submitted"),
        SOLVING("solving"),
        SOLVED("solved"),
        FAILED("failed"),
        /// Solved so long ago that nobody has the solution any more.
        EXPIRED("expired");

        private final String word;

        Stage(String word) {
            this.word = word;
        }

        boolean isOver() {
            return this == SOLVED || this == FAILED || this == EXPIRED;
        }
    }

    private final Map<String, Stage> stages = new LinkedHashMap<>();
    private final Hindrance hindrance = new Hindrance(stages.keySet());
    private final boolean json;
    private final StatusLine status;
    private final PrintStream out;
    private final PrintStream err;

    Progress(List<SubmitRequest> requests, boolean json, StatusLine status, PrintStream out, PrintStream err) {
        requests.forEach(request -> stages.put(String.valueOf(request.key()), Stage.QUEUED));
        this.json = json;
        this.status = status;
        this.out = out;
        this.err = err;
    }

    /// On the terminal or in the files of this process.
    static Progress ofProcess(List<SubmitRequest> requests, boolean json) {
        return new Progress(requests, json, StatusLine.ofProcess(), System.out, System.err);
    }

    /// Takes what the results API knows of a request.
    ///
    /// @return whether there is nothing to be asked any more
    boolean knows(String id, Api.Answer answer) {
        if (!answer.found()) {
            return false;
        }
        if (answer.body().path("expired").asBoolean()) {
            stages.put(id, Stage.EXPIRED);
            err.println(id + " was solved, and its solution has expired: ask under another id");
        } else if (answer.body().path("status").asText().equals(PENDING)) {
            err.println(id + " was asked before, and is waited for");
        } else {
            err.println(id + " was asked before; this is its outcome");
            end(id, answer.body().toString().getBytes(StandardCharsets.UTF_8));
        }
        return true;
    }

    /// Returns when all have their outcomes, or when this time is over.
    void follow(Tail tail, Duration patience) {
        var begin = System.nanoTime();
        while (isOpen() && System.nanoTime() - begin < patience.toNanos()) {
            status.show(summary() + hindered(), Duration.ofNanos(System.nanoTime() - begin));
            tail.next(STEP).forEach(this::take);
        }
        status.clear();
        stages.forEach((id, stage) -> {
            if (!stage.isOver()) {
                err.println("No outcome of " + id + " (" + stage.word + hindered() + "): ./captcha audit " + id
                        + " tells how far it came, ./captcha doctor what may be wrong");
            }
        });
    }

    /// The worst of all.
    int exitCode() {
        return stages.values().stream().mapToInt(Progress::exitCode).max().orElse(ExitCode.OK);
    }

    private static int exitCode(Stage stage) {
        return switch (stage) {
            case SOLVED -> ExitCode.OK;
            case FAILED -> FAILED;
            case QUEUED, SUBMITTED, SOLVING, EXPIRED -> NO_OUTCOME;
        };
    }

    private String hindered() {
        return hindrance.words().isEmpty() ? "" : "; " + hindrance.words();
    }

    private boolean isOpen() {
        return stages.values().stream().anyMatch(stage -> !stage.isOver());
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        hindrance.take(record);
        var id = Printed.header(record, "request_id");
        var stage = id == null ? null : stages.get(id);
        if (id == null || stage == null || stage.isOver()) {
            return;
        }
        if (record.topic().equals(Topics.ATTEMPTS.name())) {
            advance(id, stage, Stage.SUBMITTED);
        } else if (record.topic().equals(Topics.SUBMITTED.name())) {
            advance(id, stage, Stage.SOLVING);
        } else if (!record.topic().equals(Topics.RESULTS.name())) {
            end(id, record.value());
        }
    }

    private void advance(String id, Stage from, Stage to) {
        if (to.compareTo(from) > 0) {
            stages.put(id, to);
        }
    }

    private void end(String id, byte[] value) {
        try {
            var outcome = Wire.decode(Outcome.class, value);
            stages.put(id, outcome instanceof Outcome.Solved ? Stage.SOLVED : Stage.FAILED);
            status.clear();
            out.println(json ? Printed.text(value) : text(outcome));
            if (outcome instanceof Outcome.Failed failed && failed.error().equals(Outcome.Failed.SOLVER_UNAVAILABLE)) {
                err.println("./captcha doctor tells what keeps the solver from taking it" + hindered());
            }
        } catch (UnreadableRecord e) {
            err.println("An outcome of " + id + " cannot be read: " + e.getMessage());
        }
    }

    private static String text(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Solved solved ->
                Printed.coloured("solved") + "  " + solved.requestId() + "  task " + solved.taskId()
                        + seconds(solved.solveSeconds()) + expires(solved.expiresAt()) + "\n"
                        + solved.solution().text();
            case Outcome.Failed failed ->
                Printed.coloured("failed") + "  " + failed.requestId()
                        + (failed.taskId() == null ? "" : "  task " + failed.taskId()) + "  " + failed.error()
                        + (failed.errorDetail() == null ? "" : ": " + failed.errorDetail());
        };
    }

    private static String seconds(@Nullable Double time) {
        return time == null ? "" : String.format(Locale.ROOT, "  in %.1f s", time);
    }

    private static String expires(@Nullable Instant at) {
        return at == null
                ? ""
                : "  good for "
                        + Math.max(0, Duration.between(Instant.now(), at).toSeconds()) + " s";
    }

    private String summary() {
        if (stages.size() == 1) {
            return stages.values().iterator().next().word;
        }
        var counts = new LinkedHashMap<Stage, Integer>();
        stages.values().forEach(stage -> counts.merge(stage, 1, Integer::sum));
        var words = new StringBuilder();
        for (var stage : Stage.values()) {
            if (counts.containsKey(stage)) {
                words.append(words.isEmpty() ? "" : ", ")
                        .append(counts.get(stage))
                        .append(' ')
                        .append(stage.word);
            }
        }
        return words.toString();
    }
}
