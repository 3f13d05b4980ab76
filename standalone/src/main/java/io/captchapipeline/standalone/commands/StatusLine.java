package io.captchapipeline.standalone.commands;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// One line that says what is waited for: rewritten in place on a terminal, else a new line whenever
/// its words change.
final class StatusLine {

    private static final String ERASE = "\r\u001b[K";

    private final PrintStream to;
    private final boolean inPlace;
    private String last = "";

    StatusLine(PrintStream to, boolean inPlace) {
        this.to = to;
        this.inPlace = inPlace;
    }

    /// There is no console where output goes to a file.
    @SuppressWarnings("SystemConsoleNull")
    static StatusLine ofProcess() {
        var console = System.console();
        return new StatusLine(System.err, console != null && console.isTerminal());
    }

    void show(String words, Duration since) {
        if (inPlace) {
            to.printf(Locale.ROOT, "%s%.70s, %d s", ERASE, words, since.toSeconds());
        } else if (!words.equals(last)) {
            to.printf(Locale.ROOT, "%s after %.1f s%n", words, since.toMillis() / 1000.0);
        }
        last = words;
    }

    void clear() {
        if (inPlace) {
            to.print(ERASE);
        }
    }
}
