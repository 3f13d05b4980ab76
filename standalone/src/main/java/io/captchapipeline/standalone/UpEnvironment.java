package io.captchapipeline.standalone;

import io.captchapipeline.broker.BrokerConfig;
import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Environment;
import io.captchapipeline.kit.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The environment of an `up`, as it becomes more: first what the user said, then with the ports, the broker and the
/// secrets that it brings itself.
record UpEnvironment(Environment asked) {

    private static final Logger LOG = LoggerFactory.getLogger(UpEnvironment.class);

    private static final String KAFKA = "KAFKA_";
    private static final List<String> OF_THIS_PROCESS =
            List.of(Catalogue.LOG_LEVEL.name(), Catalogue.LOG_FORMAT.name(), Catalogue.DATA_DIR.name());

    /// @throws io.captchapipeline.kit.settings.InvalidSettings naming everything that is wrong with what the user said
    Settings settings() {
        return settings(asked.giving(Secrets.placeholders()).standalone(true));
    }

    static Settings settings(Environment environment) {
        var readers = new ArrayList<>(Services.names());
        readers.add(Catalogue.UP);
        return Settings.read(environment, readers);
    }

    /// With what `up` brings itself in the place of what the user said about other brokers.
    Environment complete(Map<String, String> freePorts, Map<String, String> secrets) {
        var variables = new HashMap<>(asked.variables());
        variables.keySet().removeAll(aboutOtherBrokers());
        variables.putAll(freePorts);
        var own = Environment.of(variables).standalone(true);
        var given = new HashMap<>(secrets);
        var port = settings(own.giving(given)).get(Catalogue.KAFKA_PORT);
        given.put(Catalogue.KAFKA_BOOTSTRAP_SERVERS.name(), BrokerConfig.HOST + ":" + port);
        return own.giving(given);
    }

    /// What other commands need, by the names of settings.
    static Map<String, String> published(Settings settings) {
        var published = new TreeMap<>(settings.set(List.of(Catalogue.COMMANDS, Catalogue.TICKET)));
        published.keySet().removeAll(OF_THIS_PROCESS);
        Address.of(settings).stream()
                .map(Address::port)
                .forEach(port -> published.put(port.name(), String.valueOf(settings.get(port))));
        published.put(
                Catalogue.KAFKA_BOOTSTRAP_SERVERS.name(),
                String.join(",", settings.get(Catalogue.KAFKA_BOOTSTRAP_SERVERS)));
        published.put(Catalogue.TOPIC_PARTITIONS.name(), String.valueOf(settings.get(Catalogue.TOPIC_PARTITIONS)));
        return published;
    }

    private TreeSet<String> aboutOtherBrokers() {
        var names = new TreeSet<String>();
        for (var name : asked.variables().keySet()) {
            if (name.startsWith(KAFKA) || name.equals(Catalogue.TOPIC_REPLICATION.name())) {
                names.add(name);
            }
        }
        names.remove(Catalogue.KAFKA_PORT.name());
        if (!names.isEmpty()) {
            LOG.atWarn().addKeyValue("names", names).log("Not used: up brings a broker of its own");
        }
        return names;
    }
}
