package io.captchapipeline.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A change that breaks a promise, as a patch, and the test that it turns red.
///
/// @param breaks what is wrong with it
/// @param red the test's simple name
record Mutation(Path patch, String promise, String breaks, String module, String red) {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    static List<Mutation> all() {
        try (var files = Files.list(ROOT.resolve("system-tests/mutations"))) {
            return files.filter(file -> file.toString().endsWith(".patch"))
                    .sorted()
                    .map(Mutation::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return patch.getFileName().toString().replace(".patch", "");
    }

    /// Where its test is, under the root.
    Path test() {
        try (var files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
            return files.filter(file -> file.endsWith(red + ".java"))
                    .findFirst()
                    .map(ROOT::relativize)
                    .orElseThrow(() -> new AssertionError(patch + " names " + red + ", which is not in " + module));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Mutation read(Path patch) {
        try {
            var lines = Files.readAllLines(patch);
            return new Mutation(
                    patch,
                    field(lines, "Promise"),
                    field(lines, "Breaks"),
                    field(lines, "Module"),
                    field(lines, "Red"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String field(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + ": "))
                .findFirst()
                .map(line -> line.substring(name.length() + 2))
                .orElseThrow(() -> new AssertionError("a mutation without " + name));
    }
}
