package io.captchapipeline.kit.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A call that ends in time, whatever the other side does. The time-out of a request itself ends with the headers of
/// the answer: a body that stalls would be waited for for ever.
public final class TimedCall {

    private TimedCall() {}

    /// @param patience for all of it: connecting, headers, body
    /// @throws HttpTimeoutException when that was not enough
    public static <T> HttpResponse<T> send(
            HttpClient client, HttpRequest request, HttpResponse.BodyHandler<T> body, Duration patience)
            throws IOException, InterruptedException {
        var answer = client.sendAsync(request, body);
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole answer within " + patience);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException broken ? broken : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }
}
