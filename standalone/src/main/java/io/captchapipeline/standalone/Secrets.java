package io.captchapipeline.standalone;

import io.captchapipeline.kit.settings.Catalogue;
import io.captchapipeline.kit.settings.Setting;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The secrets that `up` makes up once and keeps: URLs that were given out stay good, the audit trail stays provable.
final class Secrets {

    private static final List<Setting<?>> GENERATED = List.of(Catalogue.CALLBACK_SECRET, Catalogue.AUDIT_KEY);
    private static final int BYTES = 32;

    private Secrets() {}

    /// Stands in for each of them where only the presence of a value matters.
    static Map<String, String> placeholders() {
        return GENERATED.stream().collect(Collectors.toMap(Setting::name, setting -> "generated"));
    }

    /// Those in the file, after the missing ones were generated into it.
    static Map<String, String> keptIn(KeptFile file) throws IOException {
        var secrets = new HashMap<>(file.read());
        var kept = secrets.size();
        GENERATED.forEach(setting -> secrets.computeIfAbsent(setting.name(), name -> random()));
        if (secrets.size() > kept) {
            file.write(secrets);
        }
        return Map.copyOf(secrets);
    }

    private static String random() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
