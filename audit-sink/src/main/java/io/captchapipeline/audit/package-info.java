/// Who knew what, when.
@NullMarked
package io.captchapipeline.audit;

import org.jspecify.annotations.NullMarked;
