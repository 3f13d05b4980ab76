package io.captchapipeline.kit.kafka;

import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.Status;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.event.TicketKind;
import java.time.Instant;

/// Something to publish.
public final class Events {

    private Events() {}

    public static Result result(String requestId) {
        return result(requestId, "none");
    }

    public static Result result(String requestId, String detail) {
        return new Result.Failed(
                new TaskId("7"),
                new RequestId(requestId),
                Status.FAILED,
                "ERROR_CAPTCHA_UNSOLVABLE",
                detail,
                null,
                null,
                Source.CALLBACK,
                Instant.EPOCH,
                null,
                null,
                TicketKind.REQUEST,
                null);
    }
}
