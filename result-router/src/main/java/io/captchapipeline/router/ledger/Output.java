package io.captchapipeline.router.ledger;

import io.captchapipeline.schemas.event.Admitted;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.Outcome;
import io.captchapipeline.schemas.event.Params;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Route;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a decision has done, in order, in the same transaction as the entry.
public sealed interface Output {

    /// Into the store of params, under the entry's key.
    record KeepParams(Params params) implements Output {}

    /// Out of the store of params.
    record ForgetParams() implements Output {}

    /// To `captcha-admitted`, with the params that are kept.
    record Admit(
            RequestId requestId,
            int attempt,
            Method method,
            @Nullable Route route,
            Instant admittedAt,
            Instant deadline,
            Map<String, String> metadata)
            implements Output {
        public Admitted with(Params params) {
            return new Admitted(requestId, attempt, method, params, route, admittedAt, deadline, metadata);
        }
    }

    /// To `captcha-overdue`.
    record Poll(io.captchapipeline.schemas.event.Overdue overdue) implements Output {}

    /// To the outcome topic of its status and route.
    record Tell(Outcome outcome) implements Output {}

    /// To the topic of links, under the bare id of its key.
    record Send(Link link) implements Output {}

    /// The record just read, to `captcha-dead-letters`.
    record Bury(Reason reason) implements Output {
        /// Why.
        public enum Reason {
            REQUEST_ID_REUSED,
            EXPIRED
        }
    }

    /// One more of these.
    record Count(Counted counted) implements Output {}
}
