/// What a person or a script asks of a running pipeline, one class each. They know topics and APIs, never a service.
///
/// {@link Surroundings} finds the pipeline: the environment, and behind it what a running `up` wrote down.
/// {@link Tail} follows topics, {@link Api} asks the three APIs, {@link Printed} makes lines for people.
@NullMarked
package io.captchapipeline.standalone.commands;

import org.jspecify.annotations.NullMarked;
