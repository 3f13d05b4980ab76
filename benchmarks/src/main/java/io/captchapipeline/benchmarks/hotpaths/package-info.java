/// What every callback passes through without waiting for anybody, by JMH: each class has the `path` of the pipeline
/// and
/// a `floor`, the least that can be done with the same bytes.
@NullMarked
package io.captchapipeline.benchmarks.hotpaths;

import org.jspecify.annotations.NullMarked;
