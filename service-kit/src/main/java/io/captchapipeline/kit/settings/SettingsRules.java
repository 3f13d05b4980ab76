package io.captchapipeline.kit.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What no single setting can say. A rule over a setting that has a problem of its own, or is not read here, is silent.
final class SettingsRules {

    private static final Set<String> API_SERVICES = Set.of(Catalogue.ROUTER, Catalogue.AUDIT, Catalogue.ALERTING);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    private final Map<String, SettingsReading.Value<?>> values;
    private final Set<String> readers;
    private final List<Problem> problems;

    SettingsRules(Map<String, SettingsReading.Value<?>> values, Set<String> readers, List<Problem> problems) {
        this.values = values;
        this.readers = readers;
        this.problems = problems;
    }

    void check() {
        ticketsAreForgottenBeforeOutcomes();
        anAddressForAllNeedsAToken();
    }

    private void ticketsAreForgottenBeforeOutcomes() {
        var life = value(Catalogue.TICKET_TTL);
        var memory = value(Catalogue.DEDUP_RETENTION);
        if (life.isPresent() && memory.isPresent() && life.get().compareTo(memory.get()) > 0) {
            add(Catalogue.TICKET_TTL, "is longer than DEDUP_RETENTION: a late callback would count twice; shorten it");
        }
    }

    private void anAddressForAllNeedsAToken() {
        var address = Optional.ofNullable(values.get(Catalogue.BIND_ADDRESS.name()));
        var explicit = address.filter(value -> !value.isDefault() && !LOOPBACK.contains(value.text()));
        if (explicit.isPresent()
                && readers.stream().anyMatch(API_SERVICES::contains)
                && value(Catalogue.API_TOKEN).isEmpty()) {
            add(Catalogue.BIND_ADDRESS, "opens the APIs to others: set API_TOKEN too, or leave it out");
        }
    }

    private <T> Optional<T> value(Setting<T> setting) {
        return Optional.ofNullable(values.get(setting.name())).map(value -> value.as(setting));
    }

    private void add(Setting<?> setting, String sentence) {
        problems.add(new Problem(setting.name(), sentence));
    }
}
