package io.captchapipeline.router.stream;

import io.captchapipeline.kit.kafka.RecordSize;
import io.captchapipeline.router.ledger.Decision;
import io.captchapipeline.router.ledger.Entry;
import io.captchapipeline.router.ledger.EntryCodec;
import io.captchapipeline.router.ledger.LinkCodec;
import io.captchapipeline.router.ledger.Output;
import io.captchapipeline.schemas.wire.Wire;
import org.jspecify.annotations.Nullable;

/// What is written can be larger than what it follows from: a number takes quotes where a text is due. Too large for
/// its topic or its changelog, it would stop all behind it.
final class Growth {

    /// For keys, headers, and what a decision adds of its own.
    private static final int OTHER_THAN_VALUES = 64 * 1024;

    private static final int MOST = RecordSize.MOST - OTHER_THAN_VALUES;

    /// Nothing becomes twice as large, so what is smaller need not be measured.
    private static final int HARMLESS = MOST / 2;

    private Growth() {}

    /// Whether all that this decision writes fits where it goes.
    static boolean fits(Found found, Decision decision) {
        return RecordSize.of(found.key(), found.value(), found.headers()) <= HARMLESS
                || (size(decision.entry()) <= MOST
                        && decision.outputs().stream().allMatch(output -> size(output) <= MOST));
    }

    private static int size(@Nullable Entry entry) {
        return entry == null ? 0 : EntryCodec.encode(entry).length;
    }

    /// Params are most of what an admission says, and measured when they are kept.
    private static int size(Output output) {
        return switch (output) {
            case Output.KeepParams(var params) -> ParamsCodec.encode(params).length;
            case Output.Tell(var outcome) -> Wire.encode(outcome).length;
            case Output.Send(var link) -> LinkCodec.encode(link).length;
            case Output.Admit admit -> 0;
            case Output.Poll poll -> 0;
            case Output.ForgetParams forget -> 0;
            case Output.Bury bury -> 0;
            case Output.Count count -> 0;
        };
    }
}
