package io.tidemark.web.rest;

import io.tidemark.views.cube.Filter;
import io.tidemark.views.query.EventKey;
import io.tidemark.views.query.EventPage;
import io.tidemark.views.query.Scan;
import io.tidemark.views.query.TableQueries;
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

/** {@code GET …/events}: rows, newest first. */
final class EventsRoute {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private final LiveTable table;
    private final TableQueries queries;
    private final ScannedAnswers answers;

    EventsRoute(LiveTable table, TableQueries queries, ScannedAnswers answers) {
        this.table = table;
        this.queries = queries;
        this.answers = answers;
    }

    /** @param prefix of all paths of the table, without a slash at its end */
    void install(Router router, String prefix) {
        ReadOnly.path(router, prefix + "/api/v1/events", this::events);
    }

    /** Which rows: what the parameters say. */
    private record Wanted(Filter filter, int limit, Optional<EventKey> after) {}

    private void events(RoutingContext context) {
        QueryParameters parameters = new QueryParameters(context.request().query());
        Wanted wanted = wanted(parameters);
        Optional<Long> version = Numbers.version(parameters);
        answers.answer(context, wanted, version, scan -> page(wanted, version, scan));
    }

    private ScannedAnswers.Made page(Wanted wanted, Optional<Long> version, Scan scan) {
        EventPage page = queries.events(version, wanted.filter, wanted.limit, wanted.after, scan)
                .orElseThrow(() -> new ProblemException(Problem.noVersionYet()));
        return new ScannedAnswers.Made(page.epoch(), page.version(), Buffer.buffer(EventsJson.of(page)));
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
                reader.readAny(parameters.all()), Numbers.within(parameters, "limit", DEFAULT_LIMIT, MAX_LIMIT), after);
    }
}
