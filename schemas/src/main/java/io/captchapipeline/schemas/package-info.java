/// What can be said in the pipeline.
@NullMarked
package io.captchapipeline.schemas;

import org.jspecify.annotations.NullMarked;
