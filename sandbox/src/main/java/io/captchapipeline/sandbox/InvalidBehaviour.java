package io.captchapipeline.sandbox;

import java.util.List;

/// A behaviour that no sandbox can have; the message names every field that is wrong.
public final class InvalidBehaviour extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    InvalidBehaviour(List<String> problems) {
        super(String.join("; ", problems));
    }
}
