package io.captchapipeline.systemtests;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// What every service of the pipeline under test is told, with times short enough to be waited for.
final class Settings {
    static final String ROUTE = "login";
    static final String API_KEY = "5f1e0c7a9b3d4e2fa6c8b0d1e3f50718";
    static final String CALLBACK_SECRET = "callback-secret-of-the-system-tests";
    static final String AUDIT_KEY = "audit-key-of-the-system-tests-0123456789";
    static final String API_TOKEN = "api-token-of-the-system-tests";
    static final String MAIL_PASSWORD = "mail-password-of-the-system-tests";
    static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(8);
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
    static final int PARTITIONS = 6;

    private Settings() {}

    /// @param kafka where brokers are found, behind the wire
    /// @param solver the wire to the solver
    /// @param callbacks the wire to the ingresses
    /// @param mail the wire to the mail server
    /// @param database where the trail is kept, as the sink is told it
    static Map<String, String> of(int kafka, int solver, int callbacks, int mail, String database, Path data) {
        var settings = new HashMap<String, String>();
        settings.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + kafka);
        settings.put("DATA_DIR", data.toString());
        settings.put("BIND_ADDRESS", "127.0.0.1");
        settings.put("TOPIC_REPLICATION", "1");
        settings.put("TOPIC_PARTITIONS", Integer.toString(PARTITIONS));
        settings.put("ROUTES", ROUTE);
        settings.put("CAPTCHAAI_URL", "http://127.0.0.1:" + solver);
        settings.put("CAPTCHAAI_API_KEY", API_KEY);
        settings.put("CALLBACK_URL", "http://127.0.0.1:" + callbacks + "/callback");
        settings.put("CALLBACK_SECRET", CALLBACK_SECRET);
        settings.put("API_TOKEN", API_TOKEN);
        settings.put("SUBMIT_RATE", "500/s");
        settings.put("SUBMIT_CONCURRENCY", "64");
        settings.put("POLL_AFTER", "3s");
        settings.put("POLL_INTERVAL", "2s");
        settings.put("ATTEMPT_TIMEOUT", ATTEMPT_TIMEOUT.toSeconds() + "s");
        settings.put("REQUEST_TIMEOUT", REQUEST_TIMEOUT.toSeconds() + "s");
        settings.put("DELIVERY_TIMEOUT", "5s");
        settings.put("AUDIT_DATABASE_URL", database);
        settings.put("AUDIT_KEY", AUDIT_KEY);
        settings.put("ALERT_INTERVAL", "1s");
        settings.put("SMTP_HOST", "127.0.0.1");
        settings.put("SMTP_PORT", Integer.toString(mail));
        settings.put("SMTP_USER", "captcha");
        settings.put("SMTP_PASSWORD", MAIL_PASSWORD);
        settings.put("SMTP_TLS", "none");
        settings.put("ALERT_EMAIL_TO", "ops@example.com");
        settings.put("FAILURE_DIGEST", "off");
        settings.put("LOG_FORMAT", "json");
        settings.put("LOG_LEVEL", "debug");
        return Map.copyOf(settings);
    }
}
