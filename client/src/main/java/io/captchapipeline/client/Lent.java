package io.captchapipeline.client;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A record that the broker has lent to us, and what it says.
///
/// @param delivery how many times it was lent, this time included
record Lent(ConsumerRecord<byte[], byte[]> record, Answer answer, int delivery) {}
