package io.captchapipeline.kit;

import io.captchapipeline.kit.settings.Settings;
import io.captchapipeline.schemas.topic.ServiceContract;
import java.util.function.BiFunction;
import java.util.function.Function;

/// All that a service publishes: what it may read and write, how its settings are read, and how its parts are put
/// together. Nothing runs before the result is started.
///
/// @param settings throws [io.captchapipeline.kit.settings.InvalidSettings] on what only the service can judge
/// @param wiring opens no port and no file yet
public record ServiceDefinition<C>(
        ServiceContract contract, Function<Settings, C> settings, BiFunction<C, ServiceContext, Running> wiring) {

    public String name() {
        return contract.name();
    }
}
