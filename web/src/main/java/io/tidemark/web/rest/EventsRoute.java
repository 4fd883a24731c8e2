package io.tidemark.web.rest;

import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.query.EventKey;
import io.tidemark.views.query.EventPage;
import io.tidemark.views.query.Scan;
import io.tidemark.views.query.TableQueries;
import io.tidemark.views.query.VersionFiles;
import io.tidemark.web.wire.BadRequestException;
import io.tidemark.web.wire.EventsJson;
import io.tidemark.web.wire.FilterReader;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code GET …/events}: rows, newest first. */
public final class EventsRoute {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private final CubeSpec spec;
    private final TableQueries queries;
    private final ScanRunner scans;

    public EventsRoute(CubeSpec spec, TableQueries queries, ScanRunner scans) {
        this.spec = spec;
        this.queries = queries;
        this.scans = scans;
    }

    /** @param prefix of all paths of the table, without a slash at its end */
    public void install(Router router, String prefix) {
        ReadOnly.path(router, prefix + "/api/v1/events", this::events);
    }

    /** Which rows: what the parameters say. */
    private record Wanted(Filter filter, int limit, Optional<EventKey> after, Optional<Long> version) {}

    private void events(RoutingContext context) {
        Wanted wanted = wanted(new QueryParameters(context.request().query()));
        scans.run(
                context,
                scan -> page(wanted, scan),
                page -> context.response()
                        .putHeader("Tidemark-Version", Long.toString(page.version()))
                        .putHeader("Tidemark-Epoch", page.epoch())
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(EventsJson.of(page)));
    }

    private EventPage page(Wanted wanted, Scan scan) {
        try (VersionFiles files =
                queries.files(wanted.version).orElseThrow(() -> new ProblemException(Problem.noVersionYet()))) {
            return queries.events(files, wanted.filter, wanted.limit, wanted.after, scan);
        }
    }

    private Wanted wanted(QueryParameters parameters) {
        FilterReader reader = new FilterReader(spec);
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
