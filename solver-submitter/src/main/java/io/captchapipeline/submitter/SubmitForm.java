package io.captchapipeline.submitter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.schemas.event.Admitted;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What is posted to in.php. Its bytes hold the API key, so it prints as its content type only.
final class SubmitForm {
    /// A picture as a file.
    static final String POST = "post";
    static final String FILE = "file";
    /// A picture as text.
    static final String BASE64 = "base64";
    /// Nine pictures, each a part of its own.
    static final String BLS = "bls";
    /// A question in words. The solver knows it by its only param, and by no method.
    static final String TEXT = "text";

    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");
    /// Base64 grows by a tenth when it is percent-encoded; from here on that is worth a multipart body.
    private static final int LARGE = 16 * 1024;

    private final String contentType;
    private final byte[] body;

    private SubmitForm(String contentType, byte[] body) {
        this.contentType = contentType;
        this.body = body;
    }

    /// @param pingback where the solver is to call back, if anywhere
    static SubmitForm of(Admitted request, Secret key, Optional<String> pingback) {
        var fields = new LinkedHashMap<String, String>(request.params().values());
        fields.put("key", key.value());
        fields.put("json", "1");
        pingback.ifPresent(url -> fields.put("pingback", url));
        var method = request.method().value();
        if (method.equals(TEXT)) {
            fields.remove("method");
        } else {
            fields.put("method", method);
        }
        if (method.equals(BASE64)) {
            fields.computeIfPresent("body", (_, picture) -> withoutDataUri(picture));
        }
        return method.equals(POST) || method.equals(BLS) || size(fields) > LARGE
                ? multipart(fields, method.equals(POST))
                : urlEncoded(fields);
    }

    String contentType() {
        return contentType;
    }

    byte[] body() {
        return body;
    }

    /// @throws IllegalArgumentException when it is not base64
    static byte[] picture(String base64) {
        return Base64.getDecoder()
                .decode(WHITE_SPACE.matcher(withoutDataUri(base64)).replaceAll(""));
    }

    private static String withoutDataUri(String base64) {
        int comma = base64.startsWith("data:") ? base64.indexOf(',') : -1;
        return base64.substring(comma + 1);
    }

    private static SubmitForm urlEncoded(Map<String, String> fields) {
        return new SubmitForm("application/x-www-form-urlencoded", query(fields).getBytes(UTF_8));
    }

    /// As it stands in a query, or in a form.
    static String query(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field ->
                        URLEncoder.encode(field.getKey(), UTF_8) + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static SubmitForm multipart(Map<String, String> fields, boolean withFile) {
        var boundary = "captcha-" + UUID.randomUUID();
        var body = new ByteArrayOutputStream();
        fields.forEach((name, value) -> {
            var isFile = withFile && name.equals(FILE);
            body.writeBytes(head(boundary, name, isFile).getBytes(UTF_8));
            body.writeBytes(isFile ? picture(value) : value.getBytes(UTF_8));
            body.writeBytes("\r\n".getBytes(UTF_8));
        });
        body.writeBytes(("--" + boundary + "--\r\n").getBytes(UTF_8));
        return new SubmitForm("multipart/form-data; boundary=" + boundary, body.toByteArray());
    }

    private static String head(String boundary, String name, boolean isFile) {
        var disposition = "Content-Disposition: form-data; name=\"" + quoted(name) + "\"";
        return "--" + boundary + "\r\n" + disposition
                + (isFile ? "; filename=\"captcha\"\r\nContent-Type: application/octet-stream" : "") + "\r\n\r\n";
    }

    /// As browsers do it.
    private static String quoted(String name) {
        return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static int size(Map<String, String> fields) {
        return fields.values().stream().mapToInt(String::length).sum();
    }

    @Override
    public String toString() {
        return "SubmitForm[" + contentType + "]";
    }
}
