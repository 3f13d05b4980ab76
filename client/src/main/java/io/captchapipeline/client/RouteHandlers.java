package io.captchapipeline.client;

import io.captchapipeline.schemas.event.Route;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// A table of what to do with an answer, by the route its request was given. It takes part wherever answers come:
/// `submit(...).thenAccept(handlers)`, [Batch#onEach], [WorkQueue#work].
public final class RouteHandlers implements Consumer<Answer> {
    private final Map<Route, Consumer<? super Answer>> byRoute;
    private final Consumer<? super Answer> otherwise;

    private RouteHandlers(Map<Route, Consumer<? super Answer>> byRoute, Consumer<? super Answer> otherwise) {
        this.byRoute = byRoute;
        this.otherwise = otherwise;
    }

    /// Begins a table. Until [#otherwise] says more, answers of other routes, and of none, are let pass.
    public static RouteHandlers on(String route, Consumer<? super Answer> handler) {
        return new RouteHandlers(Map.of(), answer -> {}).and(route, handler);
    }

    /// With one more route.
    public RouteHandlers and(String route, Consumer<? super Answer> handler) {
        var more = new LinkedHashMap<>(byRoute);
        if (more.put(new Route(route), handler) != null) {
            throw new IllegalArgumentException("route " + route + " has a handler already");
        }
        return new RouteHandlers(more, otherwise);
    }

    /// With a handler for every other route, and for none.
    public RouteHandlers otherwise(Consumer<? super Answer> handler) {
        return new RouteHandlers(byRoute, handler);
    }

    /// Hands the answer to the handler of its route.
    @Override
    public void accept(Answer answer) {
        answer.route()
                .<Consumer<? super Answer>>map(route -> byRoute.getOrDefault(route, otherwise))
                .orElse(otherwise)
                .accept(answer);
    }
}
