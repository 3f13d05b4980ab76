/// How this process reaches Kafka: clients, publishers, topics.
@NullMarked
package io.captchapipeline.kit.kafka;

import org.jspecify.annotations.NullMarked;
