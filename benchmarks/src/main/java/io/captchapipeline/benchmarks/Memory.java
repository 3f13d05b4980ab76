package io.captchapipeline.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// What a process holds, in MiB.
///
/// @param live of its heap, after a collection
/// @param committed of its heap, before that
/// @param resident all of it
record Memory(double live, double committed, double resident) {
    private static final Pattern HEAP = Pattern.compile("committed (\\d+)K, used (\\d+)K");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final double KIB_A_MIB = 1024;

    static Memory of(long pid) throws IOException, InterruptedException {
        var status = Files.readString(Path.of("/proc/" + pid + "/status"));
        var before = ask(pid, "GC.heap_info");
        ask(pid, "GC.run");
        return read(status, before, ask(pid, "GC.heap_info"));
    }

    static Memory read(String status, String before, String after) {
        return new Memory(mib(HEAP, 2, after), mib(HEAP, 1, before), mib(RESIDENT, 1, status));
    }

    private static double mib(Pattern pattern, int group, String text) {
        var found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("no " + pattern + " in:\n" + text);
        }
        return Long.parseLong(found.group(group)) / KIB_A_MIB;
    }

    private static String ask(long pid, String question) throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(jcmd, Long.toString(pid), question)
                .redirectErrorStream(true)
                .start();
        var answer = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return answer;
    }
}
