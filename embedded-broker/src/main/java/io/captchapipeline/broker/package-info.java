/// A real Kafka broker inside this JVM, for `./captcha up` and for tests.
///
/// [EmbeddedBroker] is the whole of it: [DataDirectory] holds what outlives a process, [Listeners] the two sockets,
/// [KraftNode] Kafka's own controller and broker, and [BrokerThreads] keeps Kafka from ending this JVM.
@NullMarked
package io.captchapipeline.broker;

import org.jspecify.annotations.NullMarked;
