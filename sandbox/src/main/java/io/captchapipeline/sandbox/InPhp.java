package io.captchapipeline.sandbox;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.HashMap;

/// Takes submissions.
final class InPhp {
    private final Vertx vertx;
    private final Solver solver;

    InPhp(Vertx vertx, Solver solver) {
        this.vertx = vertx;
        this.solver = solver;
    }

    void handle(HttpServerRequest request) {
        ParamsReader.read(request).onSuccess(read -> {
            var params = request.method().equals(HttpMethod.GET) ? withPingbackCut(read) : read;
            switch (Submission.of(params)) {
                case Submission.Sound sound ->
                    solver.submit(sound)
                            .onSuccess(reply -> later(() -> say(reply, request, params)))
                            .onFailure(_ -> new Replies(request, params).broken(BrokenPage.TEXT));
                case Submission.Unsound unsound ->
                    later(() -> say(new InReply.Refused(unsound.code()), request, params));
            }
        });
    }

    private void later(Runnable reply) {
        int delay = solver.behaviour().replyDelayMs();
        if (delay == 0) {
            reply.run();
        } else {
            vertx.setTimer(delay, _ -> reply.run());
        }
    }

    private static void say(InReply reply, HttpServerRequest request, Params params) {
        switch (reply) {
            case InReply.Taken taken -> new Replies(request, params).ok(Long.toString(taken.id()));
            case InReply.Refused refused -> refuse(refused.code(), request, params);
            case InReply.Broken broken -> new Replies(request, params).broken(broken.page());
            case InReply.Lost _ -> reset(request.connection());
        }
    }

    private static void refuse(String code, HttpServerRequest request, Params params) {
        var replies = new Replies(request, params);
        if (code.equals(Codes.TOO_MUCH_REQUESTS)) {
            replies.error(code, 429);
        } else {
            replies.error(code);
        }
    }

    /// Of a pingback's own query, a submission by GET keeps the first parameter only.
    private static Params withPingbackCut(Params params) {
        var pingback = params.get("pingback");
        if (pingback == null || pingback.indexOf('&') < 0) {
            return params;
        }
        var fields = new HashMap<>(params.fields());
        fields.put("pingback", pingback.substring(0, pingback.indexOf('&')));
        return new Params(fields, params.uploads(), params.readable(), params.tooLarge());
    }

    /// With nothing lingering, closing sends a reset in place of an orderly end. The caller may have been first.
    private static void reset(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            try {
                base.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            } catch (ChannelException e) {
                return;
            }
        }
        connection.close();
    }
}
