package io.captchapipeline.audit;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A range of the trail as JSON lines, written as fast as its reader takes them. Between two pages nothing is held open
/// in the database.
final class Export {
    private static final int ROWS_AT_A_TIME = 250;
    private static final int PATIENCE_S = 60;

    private final TrailQueries queries;
    private final EventJson json;
    private final PageQuery asked;
    private final Context loop;
    private final HttpServerResponse response;

    Export(TrailQueries queries, EventJson json, PageQuery asked, Context loop, HttpServerResponse response) {
        this.queries = queries;
        this.json = json;
        this.asked = asked;
        this.loop = loop;
        this.response = response;
    }

    /// @param begin called once the first rows are read
    void run(Runnable begin) throws Exception {
        var page = asked.behind(asked.after(), ROWS_AT_A_TIME);
        var links = queries.page(page);
        begin.run();
        while (!links.isEmpty()) {
            write(lines(links));
            page = page.behind(Cursor.of(links.getLast()), ROWS_AT_A_TIME);
            links = queries.page(page);
        }
    }

    private Buffer lines(List<Link> links) {
        var lines = Buffer.buffer();
        links.forEach(
                link -> lines.appendBytes(EventJson.bytes(json.event(link))).appendByte((byte) '\n'));
        return lines;
    }

    /// Returns when the reader has taken it.
    private void write(Buffer lines) throws Exception {
        var written = new CompletableFuture<Void>();
        loop.runOnContext(_ ->
                response.write(lines).onSuccess(_ -> written.complete(null)).onFailure(written::completeExceptionally));
        written.get(PATIENCE_S, TimeUnit.SECONDS);
    }
}
