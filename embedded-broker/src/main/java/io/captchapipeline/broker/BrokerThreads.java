package io.captchapipeline.broker;

import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All threads of one broker, and what keeps them from ending this JVM.
///
/// Kafka answers some faults with `Exit.halt`. A thread inherits its group, so such a call is told to the broker it
/// comes from, and only the calling thread ends. A call from anywhere else does what it always did.
final class BrokerThreads extends ThreadGroup {
    static final String NAME = "embedded-broker";

    private static final Logger LOG = LoggerFactory.getLogger(BrokerThreads.class);

    private final Consumer<String> onFatality;

    BrokerThreads(Consumer<String> onFatality) {
        super(NAME);
        this.onFatality = onFatality;
        guardExits();
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        if (!(thrown instanceof Ended)) {
            LOG.error("Thread {} of the embedded broker ended", thread.getName(), thrown);
        }
    }

    private static void guardExits() {
        Exit.setHaltProcedure((status, message) ->
                intercept("halt", status, message, () -> Runtime.getRuntime().halt(status)));
        Exit.setExitProcedure((status, message) -> intercept("exit", status, message, () -> System.exit(status)));
    }

    private static void intercept(String call, int status, @Nullable String message, Runnable otherwise) {
        if (Thread.currentThread().getThreadGroup() instanceof BrokerThreads broker) {
            var said = "Kafka called " + call + "(" + status + ")" + (message == null ? "" : ": " + message);
            broker.onFatality.accept(said);
            throw new Ended(said);
        }
        otherwise.run();
    }

    /// Unwinds the thread that asked for the JVM's end.
    private static final class Ended extends Error {
        private static final long serialVersionUID = 1L;

        Ended(String message) {
            super(message);
        }
    }
}
