package io.captchapipeline.alerting.tell;

import io.captchapipeline.kit.settings.Secret;
import io.captchapipeline.kit.settings.SmtpTls;
import java.util.Optional;

/// Where mail goes out, and as whom.
public record MailSettings(
        String host, int port, SmtpTls tls, Optional<String> user, Optional<Secret> password, String from) {}
