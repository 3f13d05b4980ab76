package io.captchapipeline.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// What a process holds, in MiB.
///
/// @param live of its heap, after a collection
/// @param committed of its heap, before that
/// @param resident all of it
record Memory(double live, double committed, double resident) {
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final double KIB_A_MIB = 1024;
    private static final String POINTS_NOT_COMMAS = "-J-Duser.language=en";

    /// Columns of `jstat -gc`: survivors, Eden, old, in KiB; the same for every collector with generations.
    private static final List<String> COMMITTED = List.of("S0C", "S1C", "EC", "OC");
    private static final List<String> USED = List.of("S0U", "S1U", "EU", "OU");

    static Memory of(long pid) throws IOException, InterruptedException {
        var id = Long.toString(pid);
        var status = Files.readString(Path.of("/proc/" + pid + "/status"));
        var before = said("jstat", POINTS_NOT_COMMAS, "-gc", id);
        said("jcmd", id, "GC.run");
        return read(status, before, said("jstat", POINTS_NOT_COMMAS, "-gc", id));
    }

    static Memory read(String status, String before, String after) {
        return new Memory(sum(USED, after), sum(COMMITTED, before), resident(status));
    }

    private static double sum(List<String> columns, String table) {
        var lines = table.lines().map(String::strip).toList();
        if (lines.size() != 2) {
            throw new IllegalStateException("not a line of names and one of figures:\n" + table);
        }
        var names = Arrays.asList(lines.getFirst().split("\\s+"));
        var figures = lines.getLast().split("\\s+");
        return columns.stream()
                        .mapToDouble(column -> Double.parseDouble(figures[names.indexOf(column)]))
                        .sum()
                / KIB_A_MIB;
    }

    private static double resident(String status) {
        var found = RESIDENT.matcher(status);
        if (!found.find()) {
            throw new IllegalStateException("no " + RESIDENT + " in:\n" + status);
        }
        return Long.parseLong(found.group(1)) / KIB_A_MIB;
    }

    /// By a tool of this JDK.
    private static String said(String tool, String... arguments) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(arguments).redirectError(Redirect.INHERIT);
        builder.command()
                .addFirst(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        var process = builder.start();
        var answer = new String(process.getInputStream().readAllBytes(), UTF_8);
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IllegalStateException(tool + " ended with " + exit);
        }
        return answer;
    }
}
