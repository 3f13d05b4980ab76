/// How a service runs on Kafka Streams: it gives a [StreamsPlan] to the context and gets [RunningStreams] back. The kit
/// chooses the settings, refuses topics that the pipeline's map does not give the service, replaces threads that die,
/// and tells how it stands.
@NullMarked
package io.captchapipeline.kit.streams;

import org.jspecify.annotations.NullMarked;
