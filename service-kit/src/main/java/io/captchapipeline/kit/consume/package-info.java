/// How a service reads a topic. What became of a record is a value that the loop reads; only the loop touches offsets.
///
/// Consuming ([Handler] -> [Handled]) is for work that may be done again: records of different keys are handled in
/// parallel, those of one key in their order, and an offset is committed once everything before it is done.
///
/// Claiming ([Claimant] -> [Claim]) is for work that must not be done twice: a record is committed before its work
/// starts, so that a crash costs the work and never repeats it.
///
/// Batches ([BatchHandler]) are for records that are stored elsewhere, together with how far that has come: the loop
/// asks the handler where to read on, and Kafka keeps no offset.
@NullMarked
package io.captchapipeline.kit.consume;

import org.jspecify.annotations.NullMarked;
