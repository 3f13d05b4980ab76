/// How this process listens: HTTP servers that drain, and the management endpoint.
@NullMarked
package io.captchapipeline.kit.http;

import org.jspecify.annotations.NullMarked;
