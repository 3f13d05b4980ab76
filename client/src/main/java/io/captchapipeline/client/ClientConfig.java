package io.captchapipeline.client;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Where the pipeline is, and how patient to be. Immutable: each method returns another one. Prints no secret.
public final class ClientConfig {
    private final String bootstrapServers;
    private final Map<String, String> kafka;
    private final @Nullable URI resultsUrl;
    private final @Nullable String apiToken;
    private final Limits limits;
    private final @Nullable Executor callbacks;

    private ClientConfig(
            String bootstrapServers,
            Map<String, String> kafka,
            @Nullable URI resultsUrl,
            @Nullable String apiToken,
            Limits limits,
            @Nullable Executor callbacks) {
        this.bootstrapServers = bootstrapServers;
        this.kafka = kafka;
        this.resultsUrl = resultsUrl;
        this.apiToken = apiToken;
        this.limits = limits;
        this.callbacks = callbacks;
    }

    /// @param bootstrapServers of Kafka: `host:port`, several with commas
    public static ClientConfig to(String bootstrapServers) {
        return new ClientConfig(bootstrapServers, Map.of(), null, null, Limits.DEFAULT, null);
    }

    /// A setting of Kafka's clients, such as `security.protocol` or `sasl.jaas.config`. What the client needs to keep
    /// its promises goes over it.
    public ClientConfig kafka(String name, String value) {
        var more = new LinkedHashMap<>(kafka);
        more.put(name, value);
        return new ClientConfig(bootstrapServers, Map.copyOf(more), resultsUrl, apiToken, limits, callbacks);
    }

    /// Where the results API is, for [CaptchaClient#get]: `http://host:8082`.
    public ClientConfig results(URI url) {
        return new ClientConfig(bootstrapServers, kafka, url, apiToken, limits, callbacks);
    }

    /// What the results API is told for a password.
    public ClientConfig apiToken(String token) {
        return new ClientConfig(bootstrapServers, kafka, resultsUrl, token, limits, callbacks);
    }

    /// How long a request may take that says nothing of it itself; 300 s unless said otherwise.
    public ClientConfig timeout(Duration timeout) {
        return with(new Limits(timeout, limits.grace(), limits.patience(), limits.maxOpen()));
    }

    /// How long after its time-out an outcome is still waited for; 45 s unless said otherwise. The pipeline ends a
    /// request within 30 s of its deadline.
    public ClientConfig grace(Duration grace) {
        return with(new Limits(limits.timeout(), grace, limits.patience(), limits.maxOpen()));
    }

    /// How long Kafka may take to answer before that is a failure; 30 s unless said otherwise.
    public ClientConfig patience(Duration patience) {
        return with(new Limits(limits.timeout(), limits.grace(), patience, limits.maxOpen()));
    }

    /// How many requests may wait for their outcome; 10,000 unless said otherwise. One more fails at once.
    public ClientConfig maxOpen(int requests) {
        return with(new Limits(limits.timeout(), limits.grace(), limits.patience(), requests));
    }

    /// Who runs what is chained to a future; 16 threads of the client's own unless said otherwise.
    public ClientConfig callbacks(Executor executor) {
        return new ClientConfig(bootstrapServers, kafka, resultsUrl, apiToken, limits, executor);
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    Map<String, String> kafka() {
        return kafka;
    }

    Optional<URI> resultsUrl() {
        return Optional.ofNullable(resultsUrl);
    }

    Optional<String> apiToken() {
        return Optional.ofNullable(apiToken);
    }

    Limits limits() {
        return limits;
    }

    Optional<Executor> callbacks() {
        return Optional.ofNullable(callbacks);
    }

    private ClientConfig with(Limits other) {
        return new ClientConfig(bootstrapServers, kafka, resultsUrl, apiToken, other, callbacks);
    }

    @Override
    public String toString() {
        return "ClientConfig[" + bootstrapServers + ", " + resultsUrl + "]";
    }
}
