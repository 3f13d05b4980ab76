package io.captchapipeline.kit.streams;

import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.jspecify.annotations.Nullable;

/// What a stream thread has worked on, and whether a commit was asked for it. Each thread has its own.
final class Worked {

    private final ThreadLocal<State> state = ThreadLocal.withInitial(State::new);

    private static final class State {
        private final Set<ProcessingContext> asking = new HashSet<>();
        private boolean firstsAsk;
        private @Nullable ProcessingContext unasked;
        private boolean asked;
    }

    /// On a record of this context.
    void on(ProcessingContext context) {
        var mine = state.get();
        mine.firstsAsk = mine.firstsAsk && mine.asking.add(context);
        if (mine.firstsAsk) {
            context.commit();
            mine.asked = true;
        } else {
            mine.unasked = context;
        }
    }

    /// The next record of each context asks for a commit. A stream thread works on one of each before it looks whether
    /// it was asked.
    void letFirstsAsk() {
        var mine = state.get();
        mine.asking.clear();
        mine.firstsAsk = true;
    }

    /// Whether a record was worked on and no commit asked for since.
    boolean isUnasked() {
        return state.get().unasked != null;
    }

    /// For all that was worked on.
    void askForCommit() {
        var mine = state.get();
        var context = mine.unasked;
        if (context != null) {
            context.commit();
            mine.unasked = null;
            mine.asked = true;
        }
    }

    /// Whether a commit was asked for since this was asked last.
    boolean wasAsked() {
        var mine = state.get();
        var was = mine.asked;
        mine.asked = false;
        mine.firstsAsk = false;
        return was;
    }
}
