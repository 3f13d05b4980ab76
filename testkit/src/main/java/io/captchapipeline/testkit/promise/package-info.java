/// What the pipeline promises, as objects that can say it was not kept.
///
/// A promise is told what went in and what came out, by any thread and in any order, before and after a restart; at
/// the end it is verified. Told nothing, it is broken too: a test that proved nothing must not pass. Records may be
/// shown more than once: a record is known by its topic, partition and offset.
@NullMarked
package io.captchapipeline.testkit.promise;

import org.jspecify.annotations.NullMarked;
