package io.captchapipeline.standalone.commands;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

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

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("verdict", verdict.word)
                .put("place", place)
                .put("seen", seen)
                .put("advice", advice);
    }

    boolean isWrong() {
        return verdict == Verdict.WRONG;
    }
}
