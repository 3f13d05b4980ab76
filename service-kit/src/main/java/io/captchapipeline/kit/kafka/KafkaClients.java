package io.captchapipeline.kit.kafka;

import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/// How this process reaches the brokers. What the environment passes through comes first, what a client of ours must
/// have to keep its promises goes over it.
public final class KafkaClients {

    private final List<String> servers;
    private final Map<String, String> passedThrough;

    public KafkaClients(List<String> servers, Map<String, String> passedThrough) {
        this.servers = List.copyOf(servers);
        this.passedThrough = Map.copyOf(passedThrough);
    }

    public static KafkaClients of(Settings settings) {
        return new KafkaClients(settings.get(Catalogue.KAFKA_BOOTSTRAP_SERVERS), settings.kafka());
    }

    /// As a person would write them.
    public String servers() {
        return String.join(",", servers);
    }

    public Map<String, Object> producer(Map<String, Object> own) {
        return configs(ProducerConfig.configDef(), own);
    }

    public Map<String, Object> consumer(Map<String, Object> own) {
        return configs(ConsumerConfig.configDef(), own);
    }

    public Map<String, Object> admin(Map<String, Object> own) {
        return configs(AdminClientConfig.configDef(), own);
    }

    private Map<String, Object> configs(ConfigDef known, Map<String, Object> own) {
        var configs = new HashMap<String, Object>();
        passedThrough.forEach((name, text) -> {
            if (known.names().contains(name)) {
                configs.put(name, text);
            }
        });
        configs.putIfAbsent(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        configs.putAll(own);
        configs.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers());
        return configs;
    }

    /// Secrets may be among what is passed through.
    @Override
    public String toString() {
        return "KafkaClients[" + servers() + "]";
    }
}
