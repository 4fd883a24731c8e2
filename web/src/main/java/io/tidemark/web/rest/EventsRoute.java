package io.tidemark.web.rest;

import io.tidemark.views.cube.Filter;
import io.tidemark.views.query.EventKey;
import io.tidemark.views.query.EventPage;
import io.tidemark.views.query.Scan;
import io.tidemark.views.query.TableQueries;
import io.tidemark.views.query.UnknownVersionException;
import io.tidemark.views.store.ViewState;
import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.wire.BadRequestException;
import io.tidemark.web.wire.EventsJson;
import io.tidemark.web.wire.FilterReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** {@code GET …/events}: rows, newest first. */
final class EventsRoute {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private final LiveTable table;
    private final TableQueries queries;
    private final ScanRunner runner;
    private final PageCache pages;
    private final PageSender sender;

    EventsRoute(LiveTable table, TableQueries queries, ScanRunner runner, PageCache pages) {
        this.table = table;
        this.queries = queries;
        this.runner = runner;
        this.pages = pages;
        this.sender = new PageSender(pages, table.spec());
    }

    /** @param prefix of all paths of the table, without a slash at its end */
    void install(Router router, String prefix) {
        ReadOnly.path(router, prefix + "/api/v1/events", this::events);
    }

    /** Which rows: what the parameters say. */
    private record Wanted(Filter filter, int limit, Optional<EventKey> after, Optional<Long> version) {

        /** Which version it is of is in the key beside it. */
        PageCache.Key key(String epoch, long of) {
            return new PageCache.Key(epoch, of, new Wanted(filter, limit, after, Optional.empty()));
        }
    }

    private void events(RoutingContext context) {
        Wanted wanted = wanted(new QueryParameters(context.request().query()));
        ViewState now = table.state().orElseThrow(() -> new ProblemException(Problem.noVersionYet()));
        long version = wanted.version.orElse(now.version());
        if (version > now.version()) {
            throw new ProblemException(
                    Problem.unknownVersion(new UnknownVersionException(version, now.version()).getMessage()));
        }
        PageCache.Key key = wanted.key(now.epoch(), version);
        if (sender.isUnchanged(context, key)) {
            return;
        }
        Optional<CompletableFuture<Buffer>> known = pages.known(key);
        if (known.isPresent()) {
            Later.on(context, known.get(), body -> sender.send(context, new PageSender.Made(key, body)));
        } else {
            runner.run(context, scan -> page(wanted, scan), made -> sender.send(context, made));
        }
    }

    /** Of the version that was read: it may be a newer one than was served when it was asked for. */
    private PageSender.Made page(Wanted wanted, Scan scan) {
        EventPage page = queries.events(wanted.version, wanted.filter, wanted.limit, wanted.after, scan)
                .orElseThrow(() -> new ProblemException(Problem.noVersionYet()));
        PageCache.Key key = wanted.key(page.epoch(), page.version());
        Buffer body = Buffer.buffer(EventsJson.of(page));
        pages.keep(key, body);
        return new PageSender.Made(key, body);
    }

    private Wanted wanted(QueryParameters parameters) {
        FilterReader reader = new FilterReader(table.spec());
        Set<String> known = new LinkedHashSet<>(reader.parameters());
        known.addAll(List.of("limit", "cursor", "version"));
        parameters.refuseAllBut(known);
        Optional<EventKey> after = Optional.ofNullable(parameters.single("cursor"))
                .map(text -> EventKey.parse(text)
                        .orElseThrow(() -> new BadRequestException(
                                "bad-parameter", "'cursor' is not one that this path gave. Begin without one.")));
        return new Wanted(
                reader.readAny(parameters.all()),
                Numbers.within(parameters, "limit", DEFAULT_LIMIT, MAX_LIMIT),
                after,
                Numbers.version(parameters));
    }
}
