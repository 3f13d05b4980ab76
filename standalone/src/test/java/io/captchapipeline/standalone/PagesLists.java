package io.captchapipeline.standalone;

import io.captchapipeline.standalone.Pages.Page;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which of the commands on the pages are run where, and why some are not.
final class PagesLists {

    /// @param command what begins so is run by `file`, which can be seen by `words` in it
    record Elsewhere(String command, String file, String words) {}

    /// Run by [PagesIT], word for word but for ports, against an `up` of its own.
    static final List<Pattern> RUN_HERE = Stream.of(
                    "^\\./captcha (submit|audit|stats|ticket|report|doctor|dead-letters|topics)\\b",
                    "^curl .*(\\$U/|127\\.0\\.0\\.1:)",
                    "^U=http://127\\.0\\.0\\.1")
            .map(Pattern::compile)
            .toList();

    private static final String TRY_COMPOSE = "deploy/try-compose";

    static final List<Elsewhere> ELSEWHERE = List.of(
            new Elsewhere(
                    "^\\./captcha up$",
                    "standalone/src/test/java/io/captchapipeline/standalone/LauncherIT.java",
                    "\"up\""),
            new Elsewhere("^mvn verify$", ".ci/run", "mvn -B -ntp verify"),
            new Elsewhere("^\\./\\.ci/run$", ".github/workflows/gate.yml", "./.ci/run"),
            new Elsewhere("^mvn -Dquick package$", "captcha", "mvn -B -Dquick"),
            new Elsewhere("^docker compose up -d( --build)?$", TRY_COMPOSE, "up -d --build"),
            new Elsewhere("^docker compose run --rm captcha submit ", TRY_COMPOSE, "captcha submit "),
            new Elsewhere("^docker compose run --rm captcha stats$", TRY_COMPOSE, "captcha stats"),
            new Elsewhere(
                    "^export API_TOKEN=\\$\\(docker compose exec -T result-router cat /secrets/api/api-token\\)$",
                    TRY_COMPOSE,
                    "exec -T result-router cat /secrets/api/api-token"),
            new Elsewhere("^docker compose --profile observability down$", TRY_COMPOSE, "down --volumes"));

    static final Map<String, String> NOT_RUN = Map.of(
            "^mvn spotless:apply$", "changes the sources",
            "^mvn test .*-Dupdate\\.docs=true$", "changes the sources; the same test without it is part of the gate",
            "^mvn verify .*-Daudit\\.events=", "takes long; the same tests with fewer events are part of the gate",
            "^\\./benchmarks/run\\b", "needs a machine that does nothing else",
            "^kafka-(acls|configs)\\.sh ",
                    "needs a cluster with an authorizer; the rules are generated from the contracts",
            "^(openssl .*\\| )?kubectl ",
                    "needs a cluster with Strimzi; KubernetesTest and KubernetesKafkaTest read what it is given",
            "^docker (build|push) ", "needs a registry; the image is the one that compose builds",
            "^docker compose --profile observability up -d$",
                    "needs the images of Prometheus and Grafana; ComposeFileTest reads what they are given",
            "^SMTP_HOST=.*\\./captcha run alerting$", "needs a mail server of the reader's");

    /// Names that begin like topics.
    static final Set<String> OTHER_CAPTCHA_NAMES = Set.of("captcha-pipeline", "captcha-result-router-view");

    private PagesLists() {}

    static Optional<String> placeOf(Page page, String command) {
        if (RUN_HERE.stream().anyMatch(pattern -> pattern.matcher(command).find())) {
            return Optional.of("PagesIT");
        }
        var elsewhere = ELSEWHERE.stream()
                .filter(place ->
                        Pattern.compile(place.command()).matcher(command).find())
                .map(Elsewhere::file);
        var reasons = NOT_RUN.entrySet().stream()
                .filter(reason ->
                        Pattern.compile(reason.getKey()).matcher(command).find())
                .map(Map.Entry::getValue);
        return Stream.concat(elsewhere, reasons).findFirst();
    }

    static Stream<String> patternTexts() {
        return Stream.concat(ELSEWHERE.stream().map(Elsewhere::command), NOT_RUN.keySet().stream());
    }

    static List<Pattern> patterns() {
        return Stream.concat(RUN_HERE.stream(), patternTexts().map(Pattern::compile))
                .toList();
    }
}
