package io.captchapipeline.submitter;

import io.captchapipeline.schemas.event.TaskId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The last tasks of which the solver knows nothing. Forgetting one costs a poll.
final class EndedPolls {
    private static final int MOST = 10_000;

    private final Set<TaskId> tasks = Collections.synchronizedSet(Collections.newSetFromMap(new Youngest()));

    void add(TaskId task) {
        tasks.add(task);
    }

    boolean contains(TaskId task) {
        return tasks.contains(task);
    }

    private static final class Youngest extends LinkedHashMap<TaskId, Boolean> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TaskId, Boolean> eldest) {
            return size() > MOST;
        }
    }
}
