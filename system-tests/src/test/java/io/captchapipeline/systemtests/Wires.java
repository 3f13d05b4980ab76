package io.captchapipeline.systemtests;

import io.captchapipeline.testkit.FaultProxy;
import java.util.List;

/// Between any two parts that speak over a network. Each can be cut, stalled, slowed down and half closed.
///
/// @param kafka from every service, and from scrapers, to the broker
/// @param solver from the submitters to the solver
/// @param callbacks from the solver to the ingresses, by turns
/// @param mail from alerting to the mail server
record Wires(FaultProxy kafka, FaultProxy solver, FaultProxy callbacks, FaultProxy mail) implements AutoCloseable {
    static Wires listen() {
        return new Wires(FaultProxy.listen(), FaultProxy.listen(), FaultProxy.listen(), FaultProxy.listen());
    }

    void restore() {
        List.of(kafka, solver, callbacks, mail).forEach(FaultProxy::restore);
    }

    @Override
    public void close() {
        List.of(kafka, solver, callbacks, mail).forEach(FaultProxy::close);
    }
}
