/// What is counted of every task, without Kafka: [Sighting]s of a task come in, [TaskBook] keeps what became of it, and
/// [TaskFigures] go out. The state lies in a [Table], so a restart changes no figure.
@NullMarked
package io.captchapipeline.alerting.figures;

import org.jspecify.annotations.NullMarked;
