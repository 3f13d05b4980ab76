/// A solver's HTTP callback in, one durable event on `captcha-results` out.
///
/// The story of a callback: {@link CallbackEndpoint} takes the request, {@link Callers} lets its sender in or not,
/// {@link CallbackFields} finds its fields, {@link CallbackReader} makes an event of them or a {@link Refusal}, the
/// publisher hands the event to the broker, and only the broker's confirmation becomes the answer 200.
@NullMarked
package io.captchapipeline.ingress;

import org.jspecify.annotations.NullMarked;
