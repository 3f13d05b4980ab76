/// Asks the solver once, hears the answer always.
///
/// The story of a request: {@link Submissions} looks at it in its topic, answers it at once when {@link RequiredParams}
/// finds a mistake, leaves it there while {@link SolverAccount} or {@link Permits} hold it, and otherwise takes it. Its
/// attempt is committed, then {@link Posting} posts it through {@link SolverClient}. What comes back is a
/// {@link Reply}, read into a {@link SolverAnswer}, and judged as a {@link Submission}: taken, refused, refused for
/// now,
/// refused with our whole account, or uncertain. {@link Answers} puts it on a topic, but for the last.
///
/// {@link Polls} and {@link Polling} do the same for tasks whose callback is late, {@link Reports} for what users say
/// of
/// answers. {@link AccountWatch} tells how the account stands, and finds out whether a stopped one was mended.
@NullMarked
package io.captchapipeline.submitter;

import org.jspecify.annotations.NullMarked;
