package io.captchapipeline.router.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.captchapipeline.schemas.event.RequestId;
import io.captchapipeline.schemas.event.TaskId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecTest {
    private static final int INDEX_TIME = Long.BYTES;

    static List<Entry> entries() {
        return Samples.everyEntry();
    }

    static List<Link> links() {
        return Samples.everyLink();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void an_entry_is_read_as_it_was_written(Entry entry) {
        assertThat(EntryCodec.decode(EntryCodec.encode(entry))).isEqualTo(entry);
    }

    @ParameterizedTest
    @MethodSource("links")
    void a_link_is_read_as_it_was_written(Link link) {
        assertThat(LinkCodec.decode(LinkCodec.encode(link))).isEqualTo(link);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void an_entry_cut_short_or_too_long_is_refused(Entry entry) {
        var bytes = EntryCodec.encode(entry);
        for (int length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> EntryCodec.decode(cut)).isInstanceOf(UnreadableBytes.class);
        }
        assertThatThrownBy(() -> EntryCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(UnreadableBytes.class);
    }

    @Test
    void bytes_of_no_layout_are_refused_and_not_repeated() {
        var bytes = "csecret".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> EntryCodec.decode(bytes))
                .isInstanceOf(UnreadableBytes.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> LinkCodec.decode(bytes))
                .isInstanceOf(UnreadableBytes.class)
                .hasMessageNotContaining("secret");
    }

    /// What lies in stores and logs was written so. Whoever changes a layout gives it a number of its own.
    @Test
    void layouts_stay_what_they_are() {
        var settled = new Settled(Events.T0, 0x0123456789abcdefL, new Answer(2, 0x89abcdef));
        var alias = new TaskEntry.Alias(new RequestId("r-1"), Events.T0);
        var granted = new RequestEvent.Granted(new RequestId("r-1"), new TaskId("11"));

        assertThat(hex(EntryCodec.encode(settled))).isEqualTo("09c0d39cd706010123456789abcdef010289abcdef");
        assertThat(hex(EntryCodec.encode(alias))).isEqualTo("0803722d31c0d39cd706");
        assertThat(hex(LinkCodec.encode(granted))).isEqualTo("0302313103722d31");
    }

    /// Key, value, and key in the time index, for a request with a UUID for an id, and the same for its task's alias.
    @Test
    void a_settled_request_and_its_alias_take_less_than_two_hundred_bytes() {
        var requestId = new RequestId("0199e2a4-7a58-7c3f-9b1e-0a4d5c6b7f80");
        var taskId = new TaskId("2122988149");
        var settled = new Settled(Events.T0, Long.MIN_VALUE, new Answer(5, -1));

        int request = size(LedgerKey.of(requestId), settled);
        int alias = size(LedgerKey.of(taskId), new TaskEntry.Alias(requestId, Events.T0));

        assertThat(request).isLessThanOrEqualTo(106);
        assertThat(alias).isLessThanOrEqualTo(76);
        assertThat(request + alias).isLessThan(200);
    }

    private static int size(LedgerKey key, Entry entry) {
        int keyBytes = key.toString().getBytes(StandardCharsets.UTF_8).length;
        return keyBytes + EntryCodec.encode(entry).length + INDEX_TIME + keyBytes;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
