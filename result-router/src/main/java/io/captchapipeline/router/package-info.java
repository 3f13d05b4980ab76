/// One ledger entry a request, and exactly one outcome for it.
///
/// The story of a request: {@link io.captchapipeline.router.stream.RouterTopology} brings every record that concerns it
/// to one partition and has the {@link io.captchapipeline.router.ledger ledger} decide; what the ledger says goes out
/// in
/// the same transaction. Outcomes come back by their topics into the {@link io.captchapipeline.router.view view}, and
/// from there the {@link io.captchapipeline.router.api results API} tells them to whoever asks or waits.
@NullMarked
package io.captchapipeline.router;

import org.jspecify.annotations.NullMarked;
