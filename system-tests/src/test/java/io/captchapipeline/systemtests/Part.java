package io.captchapipeline.systemtests;

import io.captchapipeline.alerting.Alerting;
import io.captchapipeline.audit.AuditSink;
import io.captchapipeline.ingress.IngressCallback;
import io.captchapipeline.router.ResultRouter;
import io.captchapipeline.submitter.SolverSubmitter;

/// A service of the pipeline, and the setting that says where its own port is.
enum Part {
    INGRESS(IngressCallback.class, "INGRESS_PORT"),
    SUBMITTER(SolverSubmitter.class, "UNUSED"),
    ROUTER(ResultRouter.class, "RESULTS_PORT"),
    AUDIT(AuditSink.class, "AUDIT_PORT"),
    ALERTING(Alerting.class, "ALERTING_PORT");

    private final Class<?> main;
    private final String port;

    Part(Class<?> main, String port) {
        this.main = main;
        this.port = port;
    }

    Class<?> main() {
        return main;
    }

    String portSetting() {
        return port;
    }

    boolean listens() {
        return this != SUBMITTER;
    }
}
