package io.captchapipeline.alerting.figures;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values by keys, in the order of the keys; keys are ASCII. What is put is there after a restart.
public interface Table {
    /// A key and its value.
    final class Entry {
        private final String key;
        private final byte[] value;

        public Entry(String key, byte[] value) {
            this.key = key;
            this.value = value;
        }

        public String key() {
            return key;
        }

        public byte[] value() {
            return value;
        }
    }

    byte @Nullable [] get(String key);

    void put(String key, byte[] value);

    void delete(String key);

    /// The first entries with `from <= key < to`, at most `limit`.
    List<Entry> first(String from, String to, int limit);

    /// The last of them, the last one first.
    List<Entry> last(String from, String to, int limit);
}
