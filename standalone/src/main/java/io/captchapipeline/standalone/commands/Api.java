package io.captchapipeline.standalone.commands;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.captchapipeline.kit.StartFailure;
import io.captchapipeline.kit.http.TimedCall;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Setting;
import io.captchapipeline.kit.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// One of the three APIs.
final class Api implements AutoCloseable {

    /// What came back: the status, and the body as JSON.
    record Answer(int status, JsonNode body) {
        boolean found() {
            return status != HTTP_NOT_FOUND;
        }
    }

    private static final int HTTP_NOT_FOUND = 404;
    private static final int HTTP_UNAUTHORIZED = 401;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Settings settings;
    private final Setting<URI> base;

    Api(Settings settings, Setting<URI> base) {
        this.settings = settings;
        this.base = base;
    }

    /// @param path already encoded
    Answer get(String path, Duration patience) {
        var response = send(path, patience);
        var status = response.statusCode();
        if (status == HTTP_UNAUTHORIZED) {
            throw new StartFailure(url() + " wants its token: set API_TOKEN, or API_TOKEN_FILE, to the service's");
        }
        var body = parsed(response.body());
        if (status >= 400 && status != HTTP_NOT_FOUND) {
            throw new StartFailure(url() + " answers " + status + ": "
                    + body.path("detail").asText(body.path("title").asText("no reason given")));
        }
        return new Answer(status, body);
    }

    /// What is always there: an address where it is not is that of another API.
    JsonNode page(String path, Duration patience) {
        var answer = get(path, patience);
        if (!answer.found()) {
            throw new StartFailure(url() + " has no " + path + ", so it is another API: check " + base.name());
        }
        return answer.body();
    }

    static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpResponse<String> send(String path, Duration patience) {
        var request = HttpRequest.newBuilder(URI.create(url() + path));
        settings.find(Catalogue.API_TOKEN)
                .ifPresent(token -> request.header("Authorization", "Bearer " + token.value()));
        try {
            return TimedCall.send(
                    http, request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), patience);
        } catch (HttpConnectTimeoutException e) {
            throw unreachable(e);
        } catch (HttpTimeoutException e) {
            throw new StartFailure(url() + " did not answer within " + patience.toSeconds() + " s: ask again", e);
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private StartFailure unreachable(IOException e) {
        return new StartFailure(
                "Nothing answers at " + url() + ": start ./captcha up (DATA_DIR names its directory if it has"
                        + " another than ./data), or set " + base.name(),
                e);
    }

    private String url() {
        var text = settings.get(base).toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new StartFailure(
                    url() + " is no API of captcha-pipeline, for it does not answer JSON: check " + base.name(), e);
        }
    }
}
