/// What is alarming, without Kafka: [Figure]s of all tasks, ingresses, solvers, dead letters and probes come in;
/// [Judge]
/// puts them together to a [Situation], [Rules] judge it, and [AlertLog] turns judgements into what people are told.
@NullMarked
package io.captchapipeline.alerting.judge;

import org.jspecify.annotations.NullMarked;
