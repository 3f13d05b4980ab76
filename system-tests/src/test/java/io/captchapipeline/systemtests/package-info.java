/// The whole pipeline as processes of its own on a real broker, a solver that misbehaves, wires that fail, and what
/// must
/// hold all the while.
///
/// `World` is everything that runs; `Load` is what scrapers do; `Storm` strikes by a plan that a seed decides;
/// `Witness` reads outcomes while it happens; `Verdict` says at the end of each promise whether it was held, and if
/// not,
/// which ids broke it.
@NullMarked
package io.captchapipeline.systemtests;

import org.jspecify.annotations.NullMarked;
