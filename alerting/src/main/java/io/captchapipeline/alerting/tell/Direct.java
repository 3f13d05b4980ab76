package io.captchapipeline.alerting.tell;

import io.captchapipeline.kit.Running;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells letters over one channel without any topic: in order, each until it is taken. They wait in memory, which is
/// all there is without Kafka.
public final class Direct implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(Direct.class);

    private final LinkedBlockingQueue<Letter> letters = new LinkedBlockingQueue<>();
    private final Patience patience = new Patience();
    private final Channel channel;
    private @Nullable Thread thread;

    public Direct(Channel channel) {
        this.channel = channel;
    }

    public void tell(Letter letter) {
        letters.add(letter);
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("direct-" + channel.name()).start(this::run);
    }

    @Override
    public void close() {
        var running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                tellAtLast(letters.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellAtLast(Letter letter) throws InterruptedException {
        while (true) {
            try {
                channel.tell(letter);
                patience.wentWell();
                return;
            } catch (NotTold e) {
                LOG.atWarn()
                        .addKeyValue("channel", channel.name())
                        .addKeyValue("letter", letter.id())
                        .addKeyValue("why", e.getMessage())
                        .log("Not told yet");
                Thread.sleep(e.comeBackAfter().orElseGet(patience::afterFailure));
            }
        }
    }
}
