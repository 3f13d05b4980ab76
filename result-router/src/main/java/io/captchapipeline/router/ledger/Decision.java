package io.captchapipeline.router.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes of an entry, and what is to be done.
///
/// @param entry null where there is to be none
public record Decision(@Nullable Entry entry, List<Output> outputs) {
    public Decision {
        outputs = List.copyOf(outputs);
    }

    static Decision of(@Nullable Entry entry, Output... outputs) {
        return new Decision(entry, List.of(outputs));
    }

    static Decision counted(@Nullable Entry entry, Counted counted) {
        return of(entry, new Output.Count(counted));
    }

    Decision and(Output output) {
        var more = new ArrayList<>(outputs);
        more.add(output);
        return new Decision(entry, more);
    }
}
