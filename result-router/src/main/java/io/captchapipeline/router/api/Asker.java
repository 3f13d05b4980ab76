package io.captchapipeline.router.api;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Who waits for an answer, and may go away. What is done for it ends then.
final class Asker {

    private final Set<Runnable> undone = ConcurrentHashMap.newKeySet();
    private volatile boolean gone;

    /// @param undo ends something that is done for this asker; called once, at once if it has already gone
    void onLeaving(Runnable undo) {
        undone.add(undo);
        if (gone && undone.remove(undo)) {
            undo.run();
        }
    }

    /// It is done.
    void forget(Runnable undo) {
        undone.remove(undo);
    }

    void leave() {
        gone = true;
        undone.forEach(undo -> {
            if (undone.remove(undo)) {
                undo.run();
            }
        });
    }

    boolean isGone() {
        return gone;
    }
}
