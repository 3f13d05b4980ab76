package io.captchapipeline.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What people read: README.md and its neighbours, everything in docs/, and the page of deploy/kubernetes.
final class Pages {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.+)$", Pattern.MULTILINE);
    private static final Pattern FENCED = Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private Pages() {}

    static List<Page> all() {
        try (var beside = Files.list(ROOT);
                var below = Files.walk(ROOT.resolve("docs"))) {
            return Stream.of(beside, below, Stream.of(ROOT.resolve("deploy/kubernetes/README.md")))
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(Page::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A block between fences.
    ///
    /// @param language as the fence says it; may be empty
    record Block(String language, String text) {

        /// The commands that somebody types, their continuation lines joined.
        List<String> commands() {
            var lines = text.replace("\\\n", " ").lines().toList();
            var prompted = lines.stream().anyMatch(line -> line.startsWith("$ "));
            var commands = new ArrayList<String>();
            for (var line : lines) {
                if (prompted && line.startsWith("$ ")) {
                    commands.add(line.substring(2));
                } else if (!prompted && isTyped(line)) {
                    commands.add(line);
                }
            }
            return commands.stream()
                    .map(command -> command.replaceFirst("\\s+# .*$", "")
                            .replaceAll("\\s+", " ")
                            .strip())
                    .filter(command -> !command.isEmpty() && !command.startsWith("#"))
                    .toList();
        }

        private boolean isTyped(String line) {
            return language.equals("sh")
                    || line.matches("(\\./|mvn |docker |curl |kafka-|[A-Z_]+=\\S+ .*\\./captcha).*");
        }
    }

    /// @param name its path within the project
    record Page(String name, String text) {

        static Page read(Path file) {
            try {
                return new Page(ROOT.relativize(file).toString(), Files.readString(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        List<Block> blocks() {
            return FENCED.matcher(text)
                    .results()
                    .map(found -> new Block(found.group(1), found.group(2)))
                    .toList();
        }

        List<String> commands() {
            return blocks().stream()
                    .filter(block -> Set.of("", "sh", "bash", "console").contains(block.language()))
                    .flatMap(block -> block.commands().stream())
                    .toList();
        }

        /// What stands in backticks within sentences and tables.
        List<String> code() {
            return CODE.matcher(prose()).results().map(found -> found.group(1)).toList();
        }

        List<String> links() {
            return LINK.matcher(prose()).results().map(found -> found.group(1)).toList();
        }

        /// As GitHub names what a link can lead to.
        Set<String> anchors() {
            return HEADING.matcher(prose()).results().map(Page::anchor).collect(Collectors.toSet());
        }

        Path directory() {
            var parent = ROOT.resolve(name).getParent();
            return parent == null ? ROOT : parent;
        }

        String prose() {
            return FENCED.matcher(text).replaceAll("");
        }

        private static String anchor(MatchResult heading) {
            return heading.group(1)
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
