package io.captchapipeline.router.ledger;

/// What one entry tells another, which may lie in another partition: it travels by the topic of links, under the bare
/// id of the entry it is for.
public sealed interface Link
        permits TaskEvent.Aliased,
                TaskEvent.Claim,
                RequestEvent.Granted,
                RequestEvent.Declined,
                RequestEvent.Forwarded {

    /// The entry it is for.
    LedgerKey key();

    /// As the ledger reads it.
    default LedgerEvent event() {
        return switch (this) {
            case TaskEvent.Aliased event -> event;
            case TaskEvent.Claim event -> event;
            case RequestEvent.Granted event -> event;
            case RequestEvent.Declined event -> event;
            case RequestEvent.Forwarded event -> event;
        };
    }
}
