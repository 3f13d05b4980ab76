/// Asks the solver once, hears the answer always.
@NullMarked
package io.captchapipeline.submitter;

import org.jspecify.annotations.NullMarked;
