package io.captchapipeline.sandbox;

import java.util.List;

/// What the dice have decided for one submission.
///
/// @param breaks it is answered with status 500
/// @param breaksAfter and it is accepted nevertheless
/// @param page which of the forms that a broken answer has
/// @param solveMs how long its task takes
/// @param callbacks what its callbacks say, one digit each: 0 the answer, 1 another one
record Fate(
        boolean breaks,
        boolean breaksAfter,
        BrokenPage page,
        boolean noSlot,
        boolean fails,
        boolean losesReply,
        boolean callsBackFirst,
        int solveMs,
        String callbacks) {
    private static final List<BrokenPage> PAGES = List.of(BrokenPage.values());

    static Fate of(Behaviour behaviour, String who, long nth) {
        var dice = new Dice(behaviour.seed(), who, nth);
        return new Fate(
                dice.happens("http-500", behaviour.http500Rate()),
                dice.happens("http-500-after", 0.5),
                PAGES.get(dice.between("page", 0, PAGES.size() - 1)),
                dice.happens("no-slot", behaviour.noSlotRate()),
                dice.happens("fail", behaviour.failRate()),
                dice.happens("lose-reply", behaviour.loseReplyRate()),
                dice.happens("callback-before-reply", behaviour.callbackBeforeReplyRate()),
                dice.between(
                        "solve",
                        behaviour.solveMs().getFirst(),
                        behaviour.solveMs().getLast()),
                callbacks(dice, behaviour));
    }

    private static String callbacks(Dice dice, Behaviour behaviour) {
        if (dice.happens("drop", behaviour.dropCallbackRate())) {
            return "";
        }
        return "0"
                + (dice.happens("duplicate", behaviour.duplicateRate()) ? "0" : "")
                + (dice.happens("conflict", behaviour.conflictRate()) ? "1" : "");
    }
}
