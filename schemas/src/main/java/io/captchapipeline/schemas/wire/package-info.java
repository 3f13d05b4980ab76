/// How an event looks as a Kafka record: JSON in the value, CloudEvents and filter attributes in the headers.
@NullMarked
package io.captchapipeline.schemas.wire;

import org.jspecify.annotations.NullMarked;
