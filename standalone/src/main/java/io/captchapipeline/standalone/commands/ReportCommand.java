package io.captchapipeline.standalone.commands;

import com.fasterxml.jackson.databind.JsonNode;
import io.captchapipeline.kit.ExitCode;
import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.schemas.event.Report;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Whether an answer worked, for the solver to know.
@Command(
        name = "report",
        description = "Tells the solver whether the answer of a request or task worked.",
        footer = "%nWithin 15 minutes and truthfully: solvers count reports, and refund bad answers only then.",
        mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    enum Answer {
        GOOD,
        BAD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(index = "0", paramLabel = "ID", description = "A request_id or task_id.")
    private String id = "";

    @Parameters(index = "1", paramLabel = "good|bad", description = "Whether it worked.")
    private Answer answer = Answer.GOOD;

    @Override
    public Integer call() {
        var found = Surroundings.of(Catalogue.COMMANDS);
        var outcome = outcome(found);
        var task = new TaskId(outcome.path("task_id").asText());
        var request = new RequestId(outcome.path("request_id").asText());
        try (var outbox = new Outbox(found.kafka())) {
            var report = new Report(task, request, answer == Answer.GOOD, null, Instant.now());
            outbox.send(List.of(outbox.record(Topics.REPORTS, report)));
        }
        System.out.println("Reported task " + task + " as " + answer + "; ./captcha audit " + request + " shows it.");
        return ExitCode.OK;
    }

    private JsonNode outcome(Surroundings found) {
        try (var api = new Api(found.settings(), Catalogue.RESULTS_URL)) {
            var answered = api.get("/results/" + Api.encoded(id), PATIENCE);
            if (!answered.found()) {
                throw new StartFailure(
                        "Nothing is known of " + id + ": name a request_id or task_id that had its outcome");
            }
            if (!answered.body().hasNonNull("task_id")) {
                throw new StartFailure(id + " has no task at the solver that could be reported");
            }
            return answered.body();
        }
    }
}
