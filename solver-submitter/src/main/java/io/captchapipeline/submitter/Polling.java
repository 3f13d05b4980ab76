package io.captchapipeline.submitter;

import io.captchapipeline.schemas.event.Overdue;
import io.captchapipeline.schemas.event.TaskId;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the solver once for one task's solution, and tells what it learnt.
final class Polling {
    private static final Logger LOG = LoggerFactory.getLogger(Polling.class);

    private final SolverClient solver;
    private final SolverAccount account;
    private final EndedPolls ended = new EndedPolls();
    private final Answers answers;
    private final SubmitterWatch watch;
    private final Clock clock;
    private volatile PollAction action = PollAction.GET2;

    Polling(SolverClient solver, SolverAccount account, Answers answers, SubmitterWatch watch, Clock clock) {
        this.solver = solver;
        this.account = account;
        this.answers = answers;
        this.watch = watch;
        this.clock = clock;
    }

    /// Whether the solver said that it knows nothing of this task.
    boolean hasEnded(TaskId task) {
        return ended.contains(task);
    }

    void poll(Overdue overdue) {
        switch (PollAnswer.of(ask(overdue.taskId()))) {
            case PollAnswer.Solved solved -> {
                watch.polled("solved", null);
                answers.tell(Results.solved(overdue, solved, clock.instant()));
            }
            case PollAnswer.Failed failed -> {
                watch.polled("failed", failed.code());
                answers.tell(Results.failed(overdue, failed, clock.instant()));
            }
            case PollAnswer.NotReady _ -> watch.polled("not_ready", null);
            case PollAnswer.AccountRefused refused -> {
                watch.polled("stop", refused.code().code());
                account.stopped(refused.code());
            }
            case PollAnswer.Ended end -> end(overdue, end.code());
            case PollAnswer.Nothing nothing -> nothing(overdue, nothing.why());
        }
    }

    /// The second way is tried at once: the answer may be ready, and it is not seen again at some solvers.
    private Reply ask(TaskId task) {
        var asked = action;
        var reply = ask(asked, task);
        if (!asked.isMisunderstood(reply)) {
            return reply;
        }
        LOG.info("The solver does not tell prices by get2; asking with get from here on");
        action = PollAction.GET;
        return ask(PollAction.GET, task);
    }

    private Reply ask(PollAction how, TaskId task) {
        return solver.ask(how.wire(), Map.of("id", task.value()));
    }

    private void end(Overdue overdue, String code) {
        watch.polled("ended", code);
        ended.add(overdue.taskId());
        LOG.atWarn()
                .addKeyValue("request_id", overdue.requestId())
                .addKeyValue("task_id", overdue.taskId())
                .addKeyValue("code", code)
                .log("The solver does not answer for this task; it is not polled again");
    }

    private void nothing(Overdue overdue, String why) {
        watch.polled("nothing", null);
        LOG.atInfo()
                .addKeyValue("request_id", overdue.requestId())
                .addKeyValue("task_id", overdue.taskId())
                .addKeyValue("why", why)
                .log("A poll taught nothing");
    }
}
