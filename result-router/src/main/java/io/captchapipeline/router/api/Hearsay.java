package io.captchapipeline.router.api;

import io.captchapipeline.router.api.Shelves.Heard;
import io.vertx.core.json.JsonObject;

/// What a ledger has heard, as instances tell each other.
final class Hearsay {

    private Hearsay() {}

    static JsonObject written(Heard heard) {
        return switch (heard) {
            case Heard.Known() -> new JsonObject().put("known", true);
            case Heard.AliasOf(var request) -> new JsonObject().put("alias_of", request);
            case Heard.Nothing() -> new JsonObject();
        };
    }

    static Heard read(JsonObject json) {
        var alias = json.getString("alias_of");
        if (alias != null) {
            return new Heard.AliasOf(alias);
        }
        return json.getBoolean("known", false) ? new Heard.Known() : new Heard.Nothing();
    }
}
