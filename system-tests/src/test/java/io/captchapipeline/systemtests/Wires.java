package io.captchapipeline.systemtests;

import io.captchapipeline.testkit.FaultProxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// Between any two parts that speak over a network. Each can be cut, stalled, slowed down and half closed.
///
/// @param kafka from every service, and from scrapers, to the broker
/// @param solver from the submitters to the solver
/// @param callbacks from the solver to the ingresses, by turns
/// @param mail from alerting to the mail server
/// @param database from audit sinks to the database, if it is a server
/// @param peers to each router, from the others
record Wires(
        FaultProxy kafka,
        FaultProxy solver,
        FaultProxy callbacks,
        FaultProxy mail,
        FaultProxy database,
        List<FaultProxy> peers)
        implements AutoCloseable {
    static Wires listen() {
        return new Wires(
                FaultProxy.listen(),
                FaultProxy.listen(),
                FaultProxy.listen(),
                FaultProxy.listen(),
                FaultProxy.listen(),
                new CopyOnWriteArrayList<>());
    }

    /// One more to a router.
    FaultProxy toPeer() {
        var wire = FaultProxy.listen();
        peers.add(wire);
        return wire;
    }

    void restore() {
        all().forEach(FaultProxy::restore);
    }

    @Override
    public void close() {
        all().forEach(FaultProxy::close);
    }

    private Stream<FaultProxy> all() {
        return Stream.concat(Stream.of(kafka, solver, callbacks, mail, database), peers.stream());
    }
}
