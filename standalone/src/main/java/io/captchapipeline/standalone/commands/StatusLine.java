package io.captchapipeline.standalone.commands;

import java.time.Duration;
import java.util.Locale;

/// One line of standard error that says what is waited for: rewritten in place on a terminal, else a new line whenever
/// its words change.
final class StatusLine {

    private static final String ERASE = "\r\u001b[K";

    private final boolean inPlace;
    private String last = "";

    private StatusLine(boolean inPlace) {
        this.inPlace = inPlace;
    }

    /// There is no console where output goes to a file.
    @SuppressWarnings("SystemConsoleNull")
    static StatusLine ofProcess() {
        var console = System.console();
        return new StatusLine(console != null && console.isTerminal());
    }

    void show(String words, Duration since) {
        if (inPlace) {
            System.err.printf(Locale.ROOT, "%s%.70s, %d s", ERASE, words, since.toSeconds());
        } else if (!words.equals(last)) {
            System.err.printf(Locale.ROOT, "%s after %.1f s%n", words, since.toMillis() / 1000.0);
        }
        last = words;
    }

    void clear() {
        if (inPlace) {
            System.err.print(ERASE);
        }
    }
}
