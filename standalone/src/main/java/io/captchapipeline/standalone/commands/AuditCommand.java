package io.captchapipeline.standalone.commands;

import com.fasterxml.jackson.databind.JsonNode;
import io.captchapipeline.kit.ExitCode;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What the trail knows of a request, and whether the trail can be believed.
@Command(
        name = "audit",
        description = "Shows the timeline of a request or task; or verifies the trail.",
        footer = "%n--verify ends with 1 when the trail was touched.",
        mixinStandardHelpOptions = true)
public final class AuditCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration VERIFYING = Duration.ofMinutes(30);
    private static final List<String> HEAD = List.of("AT", "AFTER", "TOPIC", "PARTITION", "OFFSET", "WHAT");

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "A request_id or task_id.")
    private @Nullable String id;

    @Option(names = "--verify", description = "Check the chain of digests from its beginning to its end.")
    private boolean verify;

    @Option(names = "--json", description = "The API's own answer.")
    private boolean json;

    @Override
    public Integer call() {
        if (verify == (id != null)) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "Name one ID, or --verify");
        }
        var settings = Surroundings.of(Catalogue.COMMANDS).settings();
        try (var api = new Api(settings, Catalogue.AUDIT_URL)) {
            return id == null ? verified(api) : timeline(api, id);
        }
    }

    private int timeline(Api api, String id) {
        var answer = api.get("/audit/" + Api.encoded(id), PATIENCE);
        if (!answer.found()) {
            System.err.println("The trail knows nothing of " + id);
            return ExitCode.FAILURE;
        }
        System.out.print(json ? answer.body() + "\n" : timeline(id, answer.body()));
        return ExitCode.OK;
    }

    private int verified(Api api) {
        var body = api.get("/audit/verify", VERIFYING).body();
        System.out.print(json ? body + "\n" : verdict(body));
        return body.path("intact").asBoolean() ? ExitCode.OK : ExitCode.FAILURE;
    }

    static String verdict(JsonNode body) {
        var rows = body.path("rows").asLong();
        if (body.path("intact").asBoolean()) {
            return "Intact: " + rows + " rows.\n";
        }
        var text = new StringBuilder("Touched. " + rows + " rows; broken at\n");
        body.path("breaks")
                .forEach(each -> text.append("  " + each.path("topic").asText() + "-"
                        + each.path("partition").asInt() + "@"
                        + each.path("offset").asLong() + "  "
                        + each.path("kind").asText() + "\n"));
        var more = body.path("more_breaks").asLong();
        return text + (more > 0 ? "  and at " + more + " more places\n" : "");
    }

    static String timeline(String id, JsonNode body) {
        var more = body.path("truncated").asBoolean();
        return table(body.path("events"))
                + (more ? "There is more: GET /audit/export?id=" + id + " has every record that names it.\n" : "");
    }

    private static String table(JsonNode events) {
        var rows = new ArrayList<List<String>>();
        Instant before = null;
        for (var event : events) {
            var at = Instant.parse(event.path("at").asText());
            rows.add(List.of(
                    at.toString(),
                    before == null ? "" : after(Duration.between(before, at)),
                    event.path("topic").asText(),
                    event.path("partition").asText(),
                    event.path("offset").asText(),
                    event.path("summary").asText()));
            before = at;
        }
        return Table.of(HEAD, rows);
    }

    private static String after(Duration time) {
        return String.format(Locale.ROOT, "+%.3f s", time.toMillis() / 1000.0);
    }
}
