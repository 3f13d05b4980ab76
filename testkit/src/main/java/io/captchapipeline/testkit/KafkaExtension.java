package io.captchapipeline.testkit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/// Starts brokers for [WithKafka] and has JUnit's stores end them: a class's own after the class, the shared one after
/// the last.
final class KafkaExtension implements BeforeAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(KafkaExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        var wanted = AnnotationSupport.findAnnotation(context.getRequiredTestClass(), WithKafka.class);
        if (wanted.isPresent() && wanted.get().own()) {
            context.getStore(NAMESPACE).put(KafkaCluster.class, KafkaCluster.own());
        } else if (find(context) == null) {
            context.getRoot()
                    .getStore(NAMESPACE)
                    .computeIfAbsent(KafkaCluster.class, _ -> KafkaCluster.shared(), KafkaCluster.class);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == KafkaCluster.class;
    }

    @Override
    public KafkaCluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var cluster = find(context);
        if (cluster == null) {
            throw new ParameterResolutionException("put @WithKafka on the class");
        }
        return cluster;
    }

    /// The nearest: a class's own before the shared one.
    private static @Nullable KafkaCluster find(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(KafkaCluster.class, KafkaCluster.class);
    }
}
