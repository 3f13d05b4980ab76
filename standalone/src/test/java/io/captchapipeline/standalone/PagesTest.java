package io.captchapipeline.standalone;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.Setting;
import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.schemas.topic.Topics;
import io.captchapipeline.standalone.ComposeFile.Published;
import io.captchapipeline.standalone.Pages.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// What the pages name exists: files, headings, settings, ports, topics, commands and their options; and what they tell
/// people to type is run by a test, or says why not.
class PagesTest {

    private static final Path OPERATIONS = Pages.ROOT.resolve("docs/operations.md");
    private static final String BEGIN = "<!-- generated: acls -->\n";
    private static final String END = "<!-- /generated: acls -->";

    private static final Pattern PORT = Pattern.compile("(?:127\\.0\\.0\\.1|localhost|(?:GET|PUT) ):(\\d{4,5})");
    private static final Pattern SETTING = Pattern.compile(
            "(?:CALLBACK|ALERT|SUBMIT|POLL|DELIVERY|AUDIT|SMTP|TOPIC|CAPTCHAAI|DEDUP|TICKET|FAILURE|RESULTS|INGRESS|SANDBOX|MANAGEMENT|LOG|API|DATA|BIND|ADVERTISED)_[A-Z0-9_]+");
    private static final Pattern TOPIC = Pattern.compile("captcha-[a-z-]+");
    private static final Pattern METRIC = Pattern.compile("captcha_[a-z0-9_]+");
    private static final Pattern METER = Pattern.compile("\"(captcha\\.[a-z0-9.]+)\"");
    /// Of GeeTest.
    private static final String PARAMETER = "captcha_id";
    /// What Prometheus puts behind a meter's name.
    private static final String SUFFIX = "(_seconds)?(_total|_count|_sum|_bucket|_max)?";
    private static final Pattern CALLED = Pattern.compile("\\./captcha (.+)");
    private static final Pattern LONG_OPTION = Pattern.compile("--[a-z][a-z-]*");

    static List<Page> pages() {
        return Pages.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_link_leads_somewhere(Page page) {
        assertThat(page.links()).filteredOn(link -> !link.contains("://")).allSatisfy(link -> {
            var target =
                    link.startsWith("#") ? Path.of(page.name()).getFileName().toString() : link.split("#")[0];
            var file = page.directory().resolve(target).normalize();
            assertThat(file).exists();
            if (link.contains("#")) {
                assertThat(Page.read(file).anchors()).as(link).contains(link.split("#")[1]);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_port_is_one_that_something_listens_on(Page page) {
        var known = ports();

        assertThat(PORT.matcher(page.text()).results().map(found -> Integer.valueOf(found.group(1))))
                .isSubsetOf(known);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_setting_exists(Page page) {
        var known = Catalogue.all().stream()
                .map(Setting::name)
                .flatMap(name -> Stream.of(name, name + "_FILE"))
                .collect(Collectors.toSet());
        var named = page.code().stream()
                .flatMap(code -> SETTING.matcher(code).results().map(found -> found.group()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).isSubsetOf(known);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_topic_and_group_exists(Page page) {
        var known = new TreeSet<>(PagesLists.OTHER_CAPTCHA_NAMES);
        Topics.all().forEach(topic -> known.add(topic.name()));
        Services.names().forEach(name -> known.add("captcha-" + name));
        var named = page.code().stream()
                .filter(code -> TOPIC.matcher(code).matches())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).isSubsetOf(known);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_metric_is_measured_somewhere(Page page) throws IOException {
        var known = Pattern.compile(meters().stream().collect(Collectors.joining("|", "(", ")" + SUFFIX)));
        var named = page.code().stream()
                .flatMap(code -> METRIC.matcher(code).results().map(found -> found.group()))
                .filter(name -> !name.equals(PARAMETER))
                .toList();

        assertThat(named).allSatisfy(metric -> assertThat(metric).matches(known));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_captcha_command_and_option_exists(Page page) {
        Stream.concat(page.commands().stream(), page.code().stream())
                .flatMap(text -> CALLED.matcher(text).results().map(found -> found.group(1)))
                .forEach(called -> assertExists(called, page));
    }

    private static void assertExists(String called, Page page) {
        var words = called.split("[\\s,]+");
        var commands = new CommandLine(new Captcha()).getSubcommands();
        if (words[0].startsWith("--") || words[0].equals("COMMAND")) {
            return;
        }
        assertThat(commands).as("./captcha %s in %s", called, page).containsKey(words[0]);
        assertThat(LONG_OPTION.matcher(called).results().map(found -> found.group()))
                .as("options of ./captcha %s in %s", called, page)
                .isSubsetOf(options(requireNonNull(commands.get(words[0]))));
    }

    /// Its own, and those of the commands below it.
    private static Set<String> options(CommandLine command) {
        var options = new TreeSet<>(command.getCommandSpec().optionsMap().keySet());
        command.getSubcommands().values().forEach(below -> options.addAll(options(below)));
        return options;
    }

    /// A new command on a page has to be tried, or a reason given, before it passes.
    @Test
    void every_command_is_run_by_something_or_says_why_not() throws IOException {
        var homeless = new ArrayList<String>();
        for (var page : pages()) {
            for (var command : page.commands()) {
                if (PagesLists.placeOf(page, command).isEmpty()) {
                    homeless.add(page + ": " + command);
                }
            }
        }

        assertThat(homeless)
                .as("commands that nothing runs; let PagesIT run them, or say in PagesLists who does or why nobody can")
                .isEmpty();
    }

    @Test
    void what_is_run_elsewhere_is_run_there() throws IOException {
        for (var elsewhere : PagesLists.ELSEWHERE) {
            assertThat(Files.readString(Pages.ROOT.resolve(elsewhere.file()))).contains(elsewhere.words());
        }
    }

    @Test
    void no_reason_outlives_its_command() {
        var commands =
                pages().stream().flatMap(page -> page.commands().stream()).toList();

        assertThat(PagesLists.patterns())
                .allSatisfy(pattern -> assertThat(commands)
                        .anySatisfy(command -> assertThat(command).containsPattern(pattern)));
    }

    @Test
    void access_rules_are_those_of_the_contracts() throws IOException {
        var page = Files.readString(OPERATIONS);
        var begin = page.indexOf(BEGIN) + BEGIN.length();
        var end = page.indexOf(END);
        assertThat(begin).as("markers").isBetween(BEGIN.length(), end);
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(OPERATIONS, page.substring(0, begin) + AccessRules.page() + page.substring(end));
        }

        assertThat(Files.readString(OPERATIONS))
                .as("docs/operations.md is stale: mvn test -pl standalone -am -Dtest=PagesTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dupdate.docs=true")
                .contains(BEGIN + AccessRules.page() + END);
    }

    /// As the sources name them, in Prometheus' spelling.
    private static Set<String> meters() throws IOException {
        var names = new TreeSet<String>();
        for (var module : Services.names()) {
            names.addAll(metersIn(module));
        }
        names.addAll(metersIn("service-kit"));
        return names;
    }

    private static List<String> metersIn(String module) throws IOException {
        try (var sources = Files.walk(Pages.ROOT.resolve(module).resolve("src/main/java"))) {
            return sources.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> Page.read(file).text())
                    .flatMap(source -> METER.matcher(source).results().map(found -> found.group(1)))
                    .map(name -> name.replace('.', '_'))
                    .toList();
        }
    }

    private static Set<Integer> ports() {
        var ports = new TreeSet<Integer>();
        var ours = Settings.read(Environment.of(Map.of()), List.of(Catalogue.COMMANDS));
        List.of(
                        Catalogue.INGRESS_PORT,
                        Catalogue.RESULTS_PORT,
                        Catalogue.AUDIT_PORT,
                        Catalogue.ALERTING_PORT,
                        Catalogue.SANDBOX_PORT)
                .forEach(port -> ports.add(ours.get(port)));
        IntStream.rangeClosed(9080, 9085).forEach(ports::add);
        ComposeFile.read().services().values().stream()
                .flatMap(service -> service.ports().stream())
                .map(Published::port)
                .forEach(ports::add);
        return ports;
    }
}
