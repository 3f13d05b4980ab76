package io.captchapipeline.standalone.commands;

import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.schemas.event.InvalidEvent;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.Params;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.SubmitRequest;
import io.captchapipeline.schemas.topic.Topic;
import io.captchapipeline.schemas.topic.Topics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// One request, or several alike, from their submission to their outcomes.
@Command(
        name = "submit",
        description = "Asks for a CAPTCHA to be solved, and waits for the outcome.",
        footer = "%nFor example: ./captcha submit userrecaptcha googlekey=6Le... pageurl=https://example.com",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:solved", "2:wrong usage", "3:failed", "4:not even a failed outcome came"},
        mixinStandardHelpOptions = true)
public final class SubmitCommand implements Callable<Integer> {

    private static final Duration LONGER = Duration.ofSeconds(10);
    private static final Duration LOOKING_UP = Duration.ofSeconds(10);

    /// How far a request is; an account of a scraper's need not read them.
    private static final List<String> STAGES = Stream.of(
                    Topics.ATTEMPTS, Topics.SUBMITTED, Topics.RESULTS, Topics.SOLVER_HEALTH)
            .map(Topic::name)
            .toList();

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "METHOD", description = "As the solver names it: userrecaptcha, base64, ...")
    private String method = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "KEY=VALUE", description = "Parameters of the method.")
    private Map<String, String> params = new LinkedHashMap<>();

    @Option(names = "--route", paramLabel = "R", converter = RouteText.class, description = "The outcome's route.")
    private @Nullable Route route;

    @Option(
            names = "--request-id",
            paramLabel = "ID",
            description = "An id of your own: it is solved once, and asked again it tells the same outcome.")
    private @Nullable String requestId;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "The request's deadline (default: 5m).")
    private Duration timeout = Duration.ofMinutes(5);

    @Option(names = "--count", paramLabel = "N", description = "So many of them.", defaultValue = "1")
    private int count = 1;

    @Option(names = "--json", description = "The outcomes, one JSON object a line.")
    private boolean json;

    @Override
    public Integer call() {
        var requests = requests();
        var found = Surroundings.of(Catalogue.COMMANDS);
        var outcomes = found.withRoutes(List.of(Topics.SOLVED, Topics.FAILED));
        var progress = Progress.ofProcess(requests, json);
        try (var tail = Tail.ofWhatComes(found.kafka(), outcomes, STAGES);
                var outbox = new Outbox(found.kafka())) {
            var due = requestId == null ? requests : unanswered(found, requests, progress);
            outbox.send(due.stream()
                    .map(request -> outbox.record(Topics.SUBMIT, request))
                    .toList());
            progress.follow(tail, timeout.plus(LONGER));
        }
        return progress.exitCode();
    }

    /// A repeated id gets no second outcome on the topics, so it is looked up.
    private static List<SubmitRequest> unanswered(Surroundings found, List<SubmitRequest> requests, Progress progress) {
        try (var api = new Api(found.settings(), Catalogue.RESULTS_URL)) {
            return requests.stream()
                    .filter(request -> {
                        var id = Objects.requireNonNull(request.requestId()).value();
                        return !progress.knows(id, api.get("/results/" + Api.encoded(id), LOOKING_UP));
                    })
                    .toList();
        } catch (StartFailure e) {
            System.err.println("Not looked up whether it has its outcome already: " + e.getMessage());
            return requests;
        }
    }

    private List<SubmitRequest> requests() {
        if (count < 1) {
            throw wrong("--count: expected a number from 1 on");
        }
        var id = requestId == null ? "cli-" + UUID.randomUUID() : requestId;
        try {
            return IntStream.rangeClosed(1, count)
                    .mapToObj(number -> request(count == 1 ? id : id + "-" + number))
                    .toList();
        } catch (InvalidEvent e) {
            throw wrong(Objects.requireNonNullElse(e.getMessage(), "not a valid request"));
        }
    }

    private SubmitRequest request(String id) {
        return new SubmitRequest(
                new RequestId(id),
                new Method(method),
                new Params(params),
                route,
                Math.toIntExact(Math.max(1, timeout.toSeconds())),
                null,
                Map.of());
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
