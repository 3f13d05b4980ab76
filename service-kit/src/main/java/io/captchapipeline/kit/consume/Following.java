package io.captchapipeline.kit.consume;

import io.captchapipeline.kit.Running;

/// A topic that is read from its beginning and on.
public interface Following extends Running {

    /// Whether everything was read that was there when the reading began.
    boolean caughtUp();
}
