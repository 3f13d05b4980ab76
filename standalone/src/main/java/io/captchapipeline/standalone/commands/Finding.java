package io.captchapipeline.standalone.commands;

/// What the doctor saw in one place.
///
/// @param advice what to mend; empty where nothing is to be mended
record Finding(Verdict verdict, String place, String seen, String advice) {

    enum Verdict {
        OK("ok", "green"),
        WARNING("look", "yellow"),
        WRONG("wrong", "red");

        final String word;
        final String colour;

        Verdict(String word, String colour) {
            this.word = word;
            this.colour = colour;
        }
    }

    static Finding ok(String place, String seen) {
        return new Finding(Verdict.OK, place, seen, "");
    }

    static Finding look(String place, String seen, String advice) {
        return new Finding(Verdict.WARNING, place, seen, advice);
    }

    static Finding wrong(String place, String seen, String advice) {
        return new Finding(Verdict.WRONG, place, seen, advice);
    }

    boolean isWrong() {
        return verdict == Verdict.WRONG;
    }
}
