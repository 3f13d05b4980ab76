package io.captchapipeline.standalone;

import io.captchapipeline.alerting.Alerting;
import io.captchapipeline.audit.AuditSink;
import io.captchapipeline.ingress.IngressCallback;
import io.captchapipeline.kit.ServiceDefinition;
import io.captchapipeline.router.ResultRouter;
import io.captchapipeline.submitter.SolverSubmitter;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The services, in the order an event travels.
final class Services {

    static final List<ServiceDefinition<?>> ALL = List.of(
            IngressCallback.DEFINITION,
            SolverSubmitter.DEFINITION,
            ResultRouter.DEFINITION,
            AuditSink.DEFINITION,
            Alerting.DEFINITION);

    private Services() {}

    static List<String> names() {
        return ALL.stream().map(ServiceDefinition::name).toList();
    }

    static Optional<ServiceDefinition<?>> named(String name) {
        return ALL.stream().filter(service -> service.name().equals(name)).findFirst();
    }

    /// For usage and completion.
    static final class Names implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return names().iterator();
        }
    }
}
