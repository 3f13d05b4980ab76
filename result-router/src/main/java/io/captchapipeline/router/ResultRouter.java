package io.captchapipeline.router;

import io.captchapipeline.kit.Running;
import io.captchapipeline.kit.ServiceContext;
import io.captchapipeline.kit.ServiceDefinition;
import io.captchapipeline.kit.ServiceMain;
import io.captchapipeline.kit.http.BearerToken;
import io.captchapipeline.kit.http.HttpService;
import io.captchapipeline.kit.streams.StreamsPlan;
import io.captchapipeline.router.api.Inquiry;
import io.captchapipeline.router.api.Peers;
import io.captchapipeline.router.api.ResultsApi;
import io.captchapipeline.router.api.Shelves;
import io.captchapipeline.router.ledger.Ledger;
import io.captchapipeline.router.stream.Backlog;
import io.captchapipeline.router.stream.Counts;
import io.captchapipeline.router.stream.LedgerParts;
import io.captchapipeline.router.stream.Outlets;
import io.captchapipeline.router.stream.Pending;
import io.captchapipeline.router.stream.RouterTopology;
import io.captchapipeline.router.view.OutcomeKeeper;
import io.captchapipeline.router.view.OutcomeWatch;
import io.captchapipeline.router.view.Waiters;
import io.captchapipeline.schemas.topic.Pipeline;
import io.captchapipeline.schemas.wire.Sender;
import org.apache.kafka.streams.state.HostInfo;

/// Requests, announcements, attempts and results in; one outcome a request out.
public final class ResultRouter {

    public static final ServiceDefinition<?> DEFINITION =
            new ServiceDefinition<>(Pipeline.RESULT_ROUTER, RouterSettings::from, ResultRouter::wire);

    private ResultRouter() {}

    public static void main(String[] args) {
        ServiceMain.run(DEFINITION, args);
    }

    /// topics -> ledger -> topics -> view -> results API. Nobody reads what the view commits.
    static Running wire(RouterSettings settings, ServiceContext context) {
        var waiters = new Waiters(settings.mostWaiters(), context.metrics());
        var watch = new OutcomeWatch(context.metrics(), settings.routes());
        var topology = new RouterTopology(
                ledger(settings, context), () -> new OutcomeKeeper(waiters, watch, settings.dedupRetention()));
        var self = new HostInfo(
                settings.advertised().getHost(), settings.advertised().getPort());
        var ledger = context.stream(StreamsPlan.of(topology::ledger).advertisedAt(self));
        var view = context.stream(
                StreamsPlan.of(topology::view).as("view").advertisedAt(self).calm());
        var peers = new Peers(context.vertx(), settings.advertised(), settings.token());
        var inquiry = new Inquiry(context.vertx(), new Shelves(ledger, view, self), peers, waiters, context.clock());
        var api = new ResultsApi(context.vertx(), inquiry, new BearerToken(settings.token()));
        return Running.all(
                ledger, view, HttpService.on(context.vertx(), settings.listen(), api::router), peers, inquiry);
    }

    private static LedgerParts ledger(RouterSettings settings, ServiceContext context) {
        var name = Pipeline.RESULT_ROUTER.name();
        return new LedgerParts(
                new Ledger(settings.rules()),
                new Outlets(settings.routes()),
                settings.partitions(),
                name,
                new Sender(name, context.clock()),
                new Counts(context.metrics()),
                new Pending(context.metrics(), context.clock()),
                new Backlog());
    }
}
