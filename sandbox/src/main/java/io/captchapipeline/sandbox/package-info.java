/// A solver to practise on: it speaks the solver's protocol on a real port, and it has every fault that a real one
/// has, on demand.
///
/// The story of a submission: {@link InPhp} takes the request, {@link ParamsReader} finds its fields,
/// {@link Submission} is what they ask for or the code that refuses them, {@link Fate} is what the dice have decided
/// for it, {@link Admission} makes of both an {@link Entry} and an {@link InReply}, {@link Journal} keeps the entry,
/// and
/// only then the reply goes out. When its solve time is over, {@link Pingbacks} calls the task's pingback, and
/// {@link ResPhp} answers whoever asks.
///
/// {@link State} is nothing but its entries, applied one after the other; a restart applies them again.
@NullMarked
package io.captchapipeline.sandbox;

import org.jspecify.annotations.NullMarked;
