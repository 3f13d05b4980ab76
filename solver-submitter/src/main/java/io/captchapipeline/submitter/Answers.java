package io.captchapipeline.submitter;

import io.captchapipeline.kit.kafka.Publisher;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Submitted;

/// Where the solver's answers go. Each call returns when the broker has the event, or never will.
record Answers(Telling telling, Publisher<Submitted> submitted, Publisher<Result> results) {
    void tell(Submitted event) {
        telling.tell(submitted, event);
    }

    void tell(Result event) {
        telling.tell(results, event);
    }
}
