package io.captchapipeline.ingress;

import io.captchapipeline.ingress.CallbackReader.Vouched;
import io.captchapipeline.kit.kafka.Publisher;
import io.captchapipeline.schemas.event.Result;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes the callbacks of one event loop: reads, publishes, and answers when the broker has confirmed.
final class CallbackEndpoint {
    /// A code of 64 KiB, each byte of it percent-encoded, and room for the rest.
    static final int MOST_BODY_BYTES = 256 * 1024;

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";

    private final Callers callers;
    private final CallbackReader reader;
    private final Publisher<Result> publisher;
    private final Answers answers;
    private final Arrivals arrivals;
    private final Clock clock;

    CallbackEndpoint(
            Callers callers,
            CallbackReader reader,
            Publisher<Result> publisher,
            Answers answers,
            Arrivals arrivals,
            Clock clock) {
        this.arrivals = arrivals;
        this.callers = callers;
        this.reader = reader;
        this.publisher = publisher;
        this.answers = answers;
        this.clock = clock;
    }

    /// @param base the part of its path that a ticket stands behind
    void handle(HttpServerRequest request, String path, String base) {
        var answer = answers.to(request, clock.instant());
        try {
            admit(request);
            var vouched = reader.vouched(ticket(path, base), answer.receivedAt());
            var fields = new CallbackFields();
            if (request.query() != null) {
                fields.withForm(request.query());
            }
            if (request.method().equals(HttpMethod.POST)) {
                takeBody(request, answer, body -> publish(vouched, withBody(fields, request, body), answer));
            } else {
                arrivals.arrived(request.connection());
                publish(vouched, fields, answer);
            }
        } catch (Refused e) {
            answer.refuse(e.refusal());
        }
    }

    private void admit(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.POST)) {
            throw new Refused(Refusal.METHOD);
        }
        if (!callers.admitEverybody()
                && !callers.admit(
                        request.remoteAddress().hostAddress(),
                        request.headers().getAll("X-Forwarded-For"),
                        request.headers().getAll("Forwarded"))) {
            throw new Refused(Refusal.ADDRESS);
        }
    }

    private static @Nullable String ticket(String path, String base) {
        if (path.length() <= base.length() + 1) {
            return null;
        }
        return FormDecoder.decodePath(path.substring(base.length() + 1));
    }

    private static CallbackFields withBody(CallbackFields fields, HttpServerRequest request, Buffer body) {
        if (body.length() == 0) {
            return fields;
        }
        return switch (mediaType(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            case FORM -> fields.withForm(body.toString(StandardCharsets.ISO_8859_1));
            case JSON -> fields.withJson(body.getBytes());
            default -> throw new Refused(Refusal.MEDIA_TYPE);
        };
    }

    /// Empty where it is none of ours, or in another character set than UTF-8.
    private static String mediaType(@Nullable String contentType) {
        var parts = contentType == null
                ? new String[] {""}
                : contentType.toLowerCase(Locale.ROOT).split(";", -1);
        for (int i = 1; i < parts.length; i++) {
            var parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=")
                    && !parameter.equals("charset=utf-8")
                    && !parameter.equals("charset=us-ascii")) {
                return "";
            }
        }
        return parts[0].strip();
    }

    private void takeBody(HttpServerRequest request, Answers.Answer answer, Consumer<Buffer> then) {
        var body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() <= MOST_BODY_BYTES) {
                body.appendBuffer(chunk);
            } else {
                answer.refuseAndClose(Refusal.TOO_LARGE);
            }
        });
        request.endHandler(_ -> {
            arrivals.arrived(request.connection());
            try {
                if (!answer.isGiven()) {
                    then.accept(body);
                }
            } catch (Refused e) {
                answer.refuse(e.refusal());
            }
        });
    }

    private void publish(Vouched vouched, CallbackFields fields, Answers.Answer answer) {
        var result = reader.read(vouched, fields, answer.receivedAt());
        answer.awaits(publisher.send(result));
    }
}
