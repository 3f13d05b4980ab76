/// Small real doubles of what the kit gives a service, for the tests of services. Each passes the same suite as the
/// real thing.
@NullMarked
package io.captchapipeline.kit.testing;

import org.jspecify.annotations.NullMarked;
