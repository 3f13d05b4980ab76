/// One ledger entry a request, exactly one outcome.
@NullMarked
package io.captchapipeline.router;

import org.jspecify.annotations.NullMarked;
