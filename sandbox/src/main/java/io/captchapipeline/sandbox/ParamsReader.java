package io.captchapipeline.sandbox;

import io.captchapipeline.sandbox.Params.Upload;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the parameters of a request: in its query, and in a body that is a form.
final class ParamsReader {
    /// Nine pictures of the largest size in base64, and room for the rest.
    static final int MOST_BYTES = 16 * 1024 * 1024;

    private final HttpServerRequest request;
    private final Promise<Params> read = Promise.promise();
    private final Map<String, String> fields = new HashMap<>();
    private final Map<String, Upload> uploads = new HashMap<>();
    private long size;

    private ParamsReader(HttpServerRequest request) {
        this.request = request;
    }

    /// Never fails: a request that cannot be read has parameters that say so.
    static Future<Params> read(HttpServerRequest request) {
        return new ParamsReader(request).read();
    }

    private Future<Params> read() {
        boolean readable = readQuery();
        if (request.method().equals(HttpMethod.POST) && isForm(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            request.setExpectMultipart(true).uploadHandler(upload -> {
                var bytes = Buffer.buffer();
                upload.handler(chunk -> {
                    if (size <= MOST_BYTES) {
                        bytes.appendBuffer(chunk);
                    }
                });
                upload.endHandler(_ ->
                        uploads.put(upload.name(), new Upload(upload.filename(), ByteBuffer.wrap(bytes.getBytes()))));
            });
        }
        request.exceptionHandler(_ -> read.tryComplete(params(false)));
        request.handler(chunk -> {
            size += chunk.length();
            if (size > MOST_BYTES) {
                read.tryComplete(params(true));
            }
        });
        request.endHandler(_ -> {
            put(request.formAttributes());
            read.tryComplete(params(readable));
        });
        return read.future();
    }

    private boolean readQuery() {
        try {
            put(request.params(true));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void put(MultiMap found) {
        found.forEach(field -> fields.put(field.getKey(), field.getValue()));
    }

    private Params params(boolean readable) {
        return new Params(Map.copyOf(fields), Map.copyOf(uploads), readable, size > MOST_BYTES);
    }

    private static boolean isForm(@Nullable String contentType) {
        var type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        return type.startsWith("application/x-www-form-urlencoded") || type.startsWith("multipart/form-data");
    }
}
