package io.captchapipeline.client;

import io.captchapipeline.client.CaptchaException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;

/// A group of workers, whose settings are at the brokers. Their defaults do not do: a group would be handed outcomes of
/// transactions that were never committed, and none that were there before its first worker.
final class ShareGroup {
    static final String ISOLATION = "share.isolation.level";
    static final String START = "share.auto.offset.reset";

    private static final String COMMITTED = "read_committed";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Admin admin;
    private final String group;
    private final ConfigResource resource;
    private final Duration patience;

    ShareGroup(Admin admin, String group, Duration patience) {
        this.admin = admin;
        this.group = group;
        this.resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        this.patience = patience;
    }

    /// Has only committed outcomes delivered, and those from `start` on, unless somebody chose a start before. Returns
    /// when the broker has it so.
    void prepare(String start) {
        var until = System.nanoTime() + patience.toNanos();
        var missing = missing(start);
        if (!missing.isEmpty()) {
            await(admin.incrementalAlterConfigs(Map.of(resource, missing)).all());
        }
        while (!missing(start).isEmpty()) {
            if (System.nanoTime() > until) {
                throw new CaptchaException(
                        Reason.UNAVAILABLE, "Kafka does not take the settings of the group " + group);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /// The names of all topics that this client may see.
    Set<String> topics() {
        return await(admin.listTopics().names());
    }

    private List<AlterConfigOp> missing(String start) {
        var config = await(admin.describeConfigs(List.of(resource)).all()).get(resource);
        var missing = new ArrayList<AlterConfigOp>();
        if (config == null
                || !isSet(config, ISOLATION)
                || !COMMITTED.equals(config.get(ISOLATION).value())) {
            missing.add(set(ISOLATION, COMMITTED));
        }
        if (config == null || !isSet(config, START)) {
            missing.add(set(START, start));
        }
        return missing;
    }

    /// By somebody, for this group.
    private static boolean isSet(Config config, String name) {
        var entry = config.get(name);
        return entry != null && entry.source() == ConfigEntry.ConfigSource.DYNAMIC_GROUP_CONFIG;
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }

    private <T> T await(Future<T> asked) {
        try {
            return asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RetriableException
                    ? new CaptchaException(Reason.UNAVAILABLE, "Kafka does not tell of the group " + group, e)
                    : refused(e);
        } catch (TimeoutException e) {
            throw new CaptchaException(Reason.UNAVAILABLE, "Kafka does not tell of the group " + group, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CaptchaException(Reason.UNAVAILABLE, "interrupted", e);
        }
    }

    private CaptchaException refused(ExecutionException e) {
        return new CaptchaException(
                Reason.REFUSED,
                "Kafka does not let this client prepare the group " + group + ": grant it ALTER_CONFIGS and"
                        + " DESCRIBE_CONFIGS, or set " + ISOLATION + "=" + COMMITTED + " and " + START
                        + " for it with kafka-configs.sh --entity-type groups, and grant DESCRIBE_CONFIGS",
                e);
    }
}
