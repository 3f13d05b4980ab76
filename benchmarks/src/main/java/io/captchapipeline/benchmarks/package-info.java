/// Measures, always beside a floor or a ceiling of the same run: machines are noisy, ratios are less so.
@NullMarked
package io.captchapipeline.benchmarks;

import org.jspecify.annotations.NullMarked;
