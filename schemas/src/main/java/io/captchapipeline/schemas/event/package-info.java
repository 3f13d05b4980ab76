/// Every event of the pipeline, one sealed family; each topic carries one of its members.
@NullMarked
package io.captchapipeline.schemas.event;

import org.jspecify.annotations.NullMarked;
