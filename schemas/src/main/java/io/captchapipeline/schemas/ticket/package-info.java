/// Tickets: what a callback URL carries, so that a callback says by itself whose it is and nobody can forge one.
@NullMarked
package io.captchapipeline.schemas.ticket;

import org.jspecify.annotations.NullMarked;
