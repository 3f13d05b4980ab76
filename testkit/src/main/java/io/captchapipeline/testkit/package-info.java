/// What tests need that is not in the pipeline itself: a broker, a clock, faults, and promises (in their own package).
@NullMarked
package io.captchapipeline.testkit;

import org.jspecify.annotations.NullMarked;
