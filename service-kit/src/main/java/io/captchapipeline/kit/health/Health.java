package io.captchapipeline.kit.health;

import java.util.HashMap;
import java.util.Map;

/// Up or down, and what an operator may want to know about it; never a secret.
public record Health(boolean up, Map<String, Object> data) {

    public Health {
        data = Map.copyOf(data);
    }

    public static Health ofUp() {
        return new Health(true, Map.of());
    }

    public static Health down(String reason) {
        return new Health(false, Map.of("reason", reason));
    }

    public Health with(String key, Object value) {
        var more = new HashMap<>(data);
        more.put(key, value);
        return new Health(up, more);
    }

    public String status() {
        return up ? "UP" : "DOWN";
    }
}
