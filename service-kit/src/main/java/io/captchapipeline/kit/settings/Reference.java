package io.captchapipeline.kit.settings;

import java.util.stream.Collectors;

/// docs/configuration.md, from the catalogue.
final class Reference {

    private static final String HEAD = """
            # Configuration

            Environment variables; generated from `Catalogue`, so edit that.
            An invalid value, or a name within two edits of one of these, stops the start with every problem listed.
            A secret can also be read from the file that `NAME_FILE` names. `./captcha run SERVICE --settings` prints
            what a service would run with, secrets as `***`, and where each value comes from.

            Other `KAFKA_*` names that spell a setting of a Kafka client (`KAFKA_SECURITY_PROTOCOL`, `KAFKA_SASL_MECHANISM`,
            `KAFKA_SASL_JAAS_CONFIG`, `KAFKA_SSL_TRUSTSTORE_LOCATION` ...) pass through to every client.

            | setting | default | meaning | type | read by |
            | --- | --- | --- | --- | --- |
            """;

    private Reference() {}

    static String page() {
        return Catalogue.all().stream().map(Reference::row).collect(Collectors.joining("\n", HEAD, "\n"));
    }

    private static String row(Setting<?> setting) {
        return "| `%s` | %s | %s | %s | %s |"
                .formatted(
                        setting.name(),
                        fallback(setting.fallback()),
                        setting.meaning(),
                        setting.type().description() + (setting.secret() ? " (secret)" : ""),
                        setting.readers().isEmpty()
                                ? "all"
                                : setting.readers().stream().sorted().collect(Collectors.joining(", ")));
    }

    private static String fallback(Default fallback) {
        return fallback instanceof Default.Fixed(var text) ? "`" + text + "`" : fallback.description();
    }
}
