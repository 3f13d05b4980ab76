package io.captchapipeline.kit.streams;

import io.captchapipeline.kit.health.Health;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.processor.StateRestoreListener;

/// How a topology stands: not ready before it ran for the first time, nor after it stopped; what it restores, or
/// whether its threads die, is told.
final class StreamsWatch implements KafkaStreams.StateListener, StateRestoreListener {

    private final Set<String> restoring = ConcurrentHashMap.newKeySet();
    private final ThreadReplacement threads;
    private volatile State state = State.CREATED;
    private volatile boolean ran;

    StreamsWatch(String application, ThreadReplacement threads, MeterRegistry metrics) {
        this.threads = threads;
        Gauge.builder("captcha.streams.running", () -> state == State.RUNNING ? 1 : 0)
                .description("Whether the topology processes, and does not rebalance, restore or rest")
                .tag("application", application)
                .register(metrics);
        Gauge.builder("captcha.streams.restoring", restoring::size)
                .description("Partitions of stores that are restored from their changelogs")
                .tag("application", application)
                .register(metrics);
        FunctionCounter.builder("captcha.streams.thread.deaths", threads, ThreadReplacement::total)
                .description("Stream threads that died and were replaced")
                .tag("application", application)
                .register(metrics);
    }

    Health health() {
        var serves = state == State.RUNNING || (ran && state == State.REBALANCING);
        var health = serves && !threads.unsettled() ? Health.ofUp() : Health.down(reason());
        return health.with("state", state.name())
                .with("restoring", restoring.size())
                .with("thread_deaths", threads.total());
    }

    boolean ran() {
        return ran;
    }

    @Override
    public void onChange(State newState, State oldState) {
        state = newState;
        ran |= newState == State.RUNNING;
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long first, long last) {
        if (last > first) {
            restoring.add(store + partition.partition());
        }
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long last, long count) {
        // Only the ends are told.
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long count) {
        restoring.remove(store + partition.partition());
    }

    @Override
    public void onRestoreSuspended(TopicPartition partition, String store, long count) {
        restoring.remove(store + partition.partition());
    }

    private String reason() {
        return threads.unsettled() ? "a stream thread died within the last minute" : "not running";
    }
}
