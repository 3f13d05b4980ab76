/// For scrapers in Java: submit, await, fan out, route.
@NullMarked
package io.captchapipeline.client;

import org.jspecify.annotations.NullMarked;
