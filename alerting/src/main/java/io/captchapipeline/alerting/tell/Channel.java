package io.captchapipeline.alerting.tell;

/// A way to reach people.
public interface Channel {
    /// Returns once the other side has taken it. Blocks.
    ///
    /// @throws NotTold when it did not
    void tell(Letter letter) throws NotTold;

    /// For the log.
    String name();

    /// Whether anybody is told by it.
    default boolean reachesSomebody() {
        return true;
    }

    /// Where nobody is to be told.
    static Channel toNobody(String name) {
        return new Channel() {
            @Override
            public void tell(Letter letter) {
                // Nobody is there.
            }

            @Override
            public String name() {
                return name;
            }

            @Override
            public boolean reachesSomebody() {
                return false;
            }
        };
    }
}
