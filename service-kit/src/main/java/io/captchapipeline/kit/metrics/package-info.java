/// What this process counts and measures.
@NullMarked
package io.captchapipeline.kit.metrics;

import org.jspecify.annotations.NullMarked;
