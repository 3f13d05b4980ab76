/// The results API. {@link io.captchapipeline.router.api.ResultsApi} reads what is asked,
/// {@link io.captchapipeline.router.api.Inquiry} finds the answer, here or at the instance that has it, and waits for
/// it without holding a thread.
@NullMarked
package io.captchapipeline.router.api;

import org.jspecify.annotations.NullMarked;
