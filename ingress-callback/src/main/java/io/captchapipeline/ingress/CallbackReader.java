package io.captchapipeline.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import io.captchapipeline.schemas.event.InvalidEvent;
import io.captchapipeline.schemas.event.Method;
import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.Result;
import io.captchapipeline.schemas.event.Route;
import io.captchapipeline.schemas.event.Solution;
import io.captchapipeline.schemas.event.Source;
import io.captchapipeline.schemas.event.Status;
import io.captchapipeline.schemas.event.TaskId;
import io.captchapipeline.schemas.event.TicketKind;
import io.captchapipeline.schemas.solver.SolverCode;
import io.captchapipeline.schemas.ticket.Ticket;
import io.captchapipeline.schemas.ticket.Tickets;
import io.captchapipeline.schemas.ticket.Verdict;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes the event of a callback, or refuses it.
final class CallbackReader {
    private static final int MOST_CODE_BYTES = 64 * 1024;
    private static final Pattern PRICE = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,12})?");

    private final Tickets tickets;
    private final boolean open;
    private final Pattern idPattern;

    /// @param open whether a callback without a ticket is taken
    CallbackReader(Tickets tickets, boolean open, Pattern idPattern) {
        this.tickets = tickets;
        this.open = open;
        this.idPattern = idPattern;
    }

    /// What the ticket in a callback's path vouches for.
    ///
    /// @throws Refused when it has to have one and has none that is good
    Vouched vouched(@Nullable String ticket, Instant now) {
        if (ticket == null) {
            if (!open) {
                throw new Refused(Refusal.NO_TICKET);
            }
            return Vouched.FOR_NOTHING;
        }
        return switch (tickets.check(ticket, now)) {
            case Verdict.Good(Ticket.ForRequest t) ->
                new Vouched(TicketKind.REQUEST, t.requestId(), t.attempt(), t.method(), t.route());
            case Verdict.Good(Ticket.ForRoute t) -> new Vouched(TicketKind.ROUTE, null, null, null, t.route());
            case Verdict.Expired _ -> throw new Refused(Refusal.EXPIRED_TICKET);
            case Verdict.Forged _ -> throw new Refused(Refusal.FORGED_TICKET);
        };
    }

    /// The event that these fields make.
    ///
    /// @throws Refused when they make none
    Result read(Vouched vouched, CallbackFields fields, Instant now) {
        var id = fields.id();
        var code = fields.code();
        if (id == null
                || id.isEmpty()
                || code == null
                || (code.isTextual() && code.textValue().isEmpty())) {
            throw new Refused(Refusal.MISSING_FIELD);
        }
        var taskId = taskId(id);
        if (isTooLong(code)) {
            throw new Refused(Refusal.CODE_TOO_LONG);
        }
        var requestId = vouched.requestId() == null ? RequestId.of(taskId) : vouched.requestId();
        var cost = cost(fields.rate());
        if (code.isTextual() && SolverCode.isCode(code.textValue())) {
            return failed(taskId, requestId, code.textValue(), vouched, now, cost);
        }
        return solved(taskId, requestId, new Solution(code), vouched, now, cost);
    }

    /// What is known of a callback before its fields are read.
    record Vouched(
            TicketKind kind,
            @Nullable RequestId requestId,
            @Nullable Integer attempt,
            @Nullable Method method,
            @Nullable Route route) {
        static final Vouched FOR_NOTHING = new Vouched(TicketKind.NONE, null, null, null, null);
    }

    private TaskId taskId(String id) {
        if (!idPattern.matcher(id).matches()) {
            throw new Refused(Refusal.BAD_ID);
        }
        try {
            return new TaskId(id);
        } catch (InvalidEvent e) {
            throw new Refused(Refusal.BAD_ID);
        }
    }

    private static Result solved(
            TaskId taskId,
            RequestId requestId,
            Solution solution,
            Vouched vouched,
            Instant now,
            @Nullable BigDecimal cost) {
        return new Result.Solved(
                taskId,
                requestId,
                solution,
                null,
                vouched.route(),
                vouched.method(),
                Source.CALLBACK,
                now,
                cost,
                vouched.attempt(),
                vouched.kind());
    }

    private static Result failed(
            TaskId taskId, RequestId requestId, String error, Vouched vouched, Instant now, @Nullable BigDecimal cost) {
        return new Result.Failed(
                taskId,
                requestId,
                error.equals(SolverCode.UNSOLVABLE) ? Status.FAILED : Status.ERROR,
                error,
                null,
                vouched.route(),
                vouched.method(),
                Source.CALLBACK,
                now,
                cost,
                vouched.attempt(),
                vouched.kind(),
                null);
    }

    /// A price that is not one is not worth losing a paid answer for.
    private static @Nullable BigDecimal cost(@Nullable String rate) {
        return rate != null && PRICE.matcher(rate).matches() ? new BigDecimal(rate) : null;
    }

    private static boolean isTooLong(JsonNode code) {
        var text = code.isTextual() ? code.textValue() : code.toString();
        if (text.length() * 3L <= MOST_CODE_BYTES) {
            return false;
        }
        return text.length() > MOST_CODE_BYTES
                || text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MOST_CODE_BYTES;
    }
}
