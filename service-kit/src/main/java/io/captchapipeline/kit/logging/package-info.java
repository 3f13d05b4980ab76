/// How this process logs.
@NullMarked
package io.captchapipeline.kit.logging;

import org.jspecify.annotations.NullMarked;
