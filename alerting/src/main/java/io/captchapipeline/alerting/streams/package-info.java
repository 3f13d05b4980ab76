/// The figures' way through Kafka, exactly once: [AlertingTopology] says it all.
@NullMarked
package io.captchapipeline.alerting.streams;

import org.jspecify.annotations.NullMarked;
