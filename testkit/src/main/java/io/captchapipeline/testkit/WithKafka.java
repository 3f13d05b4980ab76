package io.captchapipeline.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Gives the tests of a class a real broker: a parameter of type [KafkaCluster], of a constructor or any method.
///
/// The broker is one inside this JVM, or with `-Dkafka=testcontainers` one in a container. Never detected, always said.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(KafkaExtension.class)
public @interface WithKafka {
    /// A broker of this class's own, which its tests may stop and start. Otherwise all classes of a JVM share one,
    /// so topics and groups need names of their own: [KafkaCluster#uniqueName].
    boolean own() default false;
}
