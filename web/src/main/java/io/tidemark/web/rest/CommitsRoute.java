package io.tidemark.web.rest;

import io.tidemark.views.store.StateHistory;
import io.tidemark.views.store.ViewState;
import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.wire.BadRequestException;
import io.tidemark.web.wire.CommitsJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** {@code GET …/commits}: the versions that were taken up lately, and what each changed. */
public final class CommitsRoute {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private final LiveTable table;
    private final Executor workers;

    public CommitsRoute(LiveTable table, Executor workers) {
        this.table = table;
        this.workers = workers;
    }

    /** @param prefix of all paths of the table, without a slash at its end */
    public void install(Router router, String prefix) {
        ReadOnly.path(router, prefix + "/api/v1/commits", this::commits);
    }

    private void commits(RoutingContext context) {
        QueryParameters parameters = new QueryParameters(context.request().query());
        parameters.refuseAllBut(Set.of("limit", "before"));
        int limit = Numbers.within(parameters, "limit", DEFAULT_LIMIT, MAX_LIMIT);
        long before = before(parameters.single("before"));
        StateHistory history = table.history().orElseThrow(() -> new ProblemException(Problem.noVersionYet()));
        String tag = EntityTag.of(
                (history.state().epoch() + '/' + history.state().version() + "/commits/" + limit + '/' + before)
                        .getBytes(StandardCharsets.UTF_8));
        if (EntityTag.matches(context.request().getHeader(HttpHeaders.IF_NONE_MATCH), tag)) {
            headers(context, history.state(), tag).setStatusCode(304).end();
            return;
        }
        Later.on(
                context,
                CompletableFuture.supplyAsync(() -> body(context, history, before, limit), workers),
                body -> send(headers(context, history.state(), tag), body));
    }

    private record Body(Buffer bytes, boolean compressed) {}

    private static Body body(RoutingContext context, StateHistory history, long before, int limit) {
        Buffer plain = Buffer.buffer(CommitsJson.of(history, before, limit));
        boolean compressed = Gzip.suits(context.request(), plain.length());
        return new Body(compressed ? Gzip.compress(plain) : plain, compressed);
    }

    private static void send(HttpServerResponse response, Body body) {
        if (body.compressed()) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(body.bytes());
    }

    private static HttpServerResponse headers(RoutingContext context, ViewState state, String tag) {
        return VersionHeaders.put(context.response(), state.version(), state.epoch(), tag);
    }

    private static long before(String text) {
        if (text == null) {
            return Long.MAX_VALUE;
        }
        try {
            long version = Long.parseLong(text);
            if (version >= 0) {
                return version;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new BadRequestException("bad-parameter", "'before' is the number of a version of the table.");
    }
}
