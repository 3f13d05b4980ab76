package io.captchapipeline.kit.settings;

/// How the connection to the mail server is secured.
public enum SmtpTls {
    NONE,
    STARTTLS,
    TLS
}
