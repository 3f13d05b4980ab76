package io.captchapipeline.sandbox;

import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Answers whoever asks: for a task's answer, for the balance, with a complaint.
final class ResPhp {
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
    private static final int MOST_ADDRESSES = 100;
    private static final String TOO_LATE =
            "You are trying to get the answer or complain a captcha that was submitted more than 15 minutes ago.";

    private final Solver solver;

    ResPhp(Solver solver) {
        this.solver = solver;
    }

    void handle(HttpServerRequest request) {
        ParamsReader.read(request).onSuccess(params -> answer(request, params));
    }

    private void answer(HttpServerRequest request, Params params) {
        var replies = new Replies(request, params);
        if (!params.hasKey()) {
            replies.error(Codes.WRONG_KEY);
            return;
        }
        var action = params.get("action");
        switch (action == null ? "" : action) {
            case "get" -> get(params, replies, false);
            case "get2" -> get(params, replies, true);
            case "getbalance" -> replies.bare(solver.behaviour().balance().toPlainString());
            case "reportgood", "reportbad" -> report(params, replies);
            case "add_pingback" -> addPingback(params, replies);
            case "get_pingback" -> replies.list(solver.pingbacks());
            case "del_pingback" -> deletePingback(params, replies);
            case "" -> replies.error(Codes.EMPTY_ACTION);
            default -> replies.error(Codes.BAD_PARAMETERS);
        }
    }

    private void get(Params params, Replies replies, boolean withPrice) {
        var ids = params.get("ids");
        var id = id(params.get("id"));
        if (ids != null && !params.has("id")) {
            replies.ok(Stream.of(ids.split(",", -1))
                    .map(one -> inOneWord(one.strip()))
                    .collect(Collectors.joining("|")));
        } else if (id == null) {
            replies.error(Codes.WRONG_ID_FORMAT);
        } else {
            tell(solver.poll(id), replies, withPrice);
        }
    }

    private void tell(@Nullable Task task, Replies replies, boolean withPrice) {
        if (task == null) {
            replies.error(Codes.WRONG_ID, TOO_LATE);
            return;
        }
        var error = task.error();
        if (solver.isOutOfOrder(task)) {
            replies.broken(BrokenPage.HTML);
        } else if (!task.ended()) {
            replies.error(Codes.NOT_READY);
        } else if (error != null) {
            replies.error(error);
        } else if (withPrice) {
            replies.ok(task.answer(0), task.kind().price().toPlainString());
        } else {
            replies.ok(task.answer(0));
        }
    }

    /// As one of several, whatever came of it.
    private String inOneWord(String text) {
        var id = id(text);
        if (id == null) {
            return Codes.WRONG_ID_FORMAT;
        }
        var task = solver.poll(id);
        if (task == null) {
            return Codes.WRONG_ID;
        }
        if (!task.ended()) {
            return Codes.NOT_READY;
        }
        var error = task.error();
        return error == null ? task.answer(0).plain() : error;
    }

    private void report(Params params, Replies replies) {
        var id = id(params.get("id"));
        if (id == null) {
            replies.error(Codes.WRONG_ID_FORMAT);
            return;
        }
        var task = solver.task(id);
        if (task == null) {
            replies.error(Codes.WRONG_ID, TOO_LATE);
        } else if (task.reported()) {
            replies.error(Codes.DUPLICATE_REPORT);
        } else if (!task.ended() || task.hasFailed() || solver.isTooOld(task)) {
            replies.error(Codes.NOT_RECORDED);
        } else {
            replies.bareWhen(solver.report(task), Codes.REPORT_RECORDED);
        }
    }

    private void addPingback(Params params, Replies replies) {
        var address = params.get("addr");
        if (address == null || address.isBlank() || address.length() > 255) {
            replies.error(Codes.BAD_PARAMETERS);
            return;
        }
        var addresses = new ArrayList<>(solver.pingbacks());
        addresses.remove(address);
        addresses.add(address);
        var kept = addresses.subList(Math.max(0, addresses.size() - MOST_ADDRESSES), addresses.size());
        replies.bareWhen(solver.register(kept), Codes.PINGBACK_RECORDED);
    }

    private void deletePingback(Params params, Replies replies) {
        var addresses = new ArrayList<>(solver.pingbacks());
        if (params.is("addr", "all")) {
            addresses.clear();
        } else if (!addresses.remove(params.get("addr"))) {
            replies.error(Codes.BAD_PARAMETERS);
            return;
        }
        replies.bareWhen(solver.register(addresses), Codes.PINGBACK_RECORDED);
    }

    /// Null where the text is no id.
    private static @Nullable Long id(@Nullable String text) {
        return text != null && ID.matcher(text).matches() ? Long.valueOf(text) : null;
    }
}
