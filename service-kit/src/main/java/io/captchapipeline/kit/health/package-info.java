/// Whether the parts of this process are well.
@NullMarked
package io.captchapipeline.kit.health;

import org.jspecify.annotations.NullMarked;
