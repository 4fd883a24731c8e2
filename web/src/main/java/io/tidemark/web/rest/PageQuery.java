package io.tidemark.web.rest;

import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.ServedLimits;
import io.tidemark.views.query.StateQuery;
import io.tidemark.views.store.ViewState;
import io.tidemark.web.wire.BadRequestException;
import io.tidemark.web.wire.FilterReader;
import io.tidemark.web.wire.PageJson;
import io.tidemark.web.wire.Selected;
import io.tidemark.web.wire.Shape;
import io.tidemark.web.wire.ViewNames;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked about a table: together with a state, it decides the answer.
 *
 * @param view name of one view; the whole page if empty
 * @param limit 0: none
 * @param exactSessions whether distinct values under the filter are wanted
 * @param version of the table; empty: the one that is served
 */
record PageQuery(Kind kind, Filter filter, String view, int limit, boolean exactSessions, Optional<Long> version) {

    enum Kind {
        PAGE,
        VIEW,
        SCHEMA
    }

    private static final int MAX_LIMIT = 100_000;

    static PageQuery page(CubeSpec spec, QueryParameters parameters) {
        Filter filter = filter(spec, parameters, Set.of("sessions", "version"));
        return new PageQuery(
                Kind.PAGE, filter, "", 0, exactSessions(spec, filter, parameters), Numbers.version(parameters));
    }

    static PageQuery view(CubeSpec spec, String name, QueryParameters parameters) {
        if (!ViewNames.all(spec).contains(name)) {
            throw new ProblemException(new Problem(
                    404,
                    "unknown-view",
                    "No such view",
                    "There is no view '" + name + "'. Views: " + String.join(", ", ViewNames.all(spec)) + "."));
        }
        Filter filter = filter(spec, parameters, Set.of("sessions", "limit", "version"));
        return new PageQuery(
                Kind.VIEW,
                filter,
                name,
                limit(name, parameters.single("limit")),
                exactSessions(spec, filter, parameters),
                Numbers.version(parameters));
    }

    static PageQuery schema(QueryParameters parameters) {
        parameters.refuseAllBut(Set.of());
        return new PageQuery(Kind.SCHEMA, Filter.ALL, "", 0, false, Optional.empty());
    }

    /** The same of whatever version is given. */
    PageQuery ofAnyVersion() {
        return new PageQuery(kind, filter, view, limit, exactSessions, Optional.empty());
    }

    /** True if the cube of the version cannot answer it. */
    boolean needsScan() {
        return exactSessions || !filter.wholeHours();
    }

    /** What is to be scanned for it. */
    StateQuery scan() {
        return new StateQuery(version, filter, exactSessions);
    }

    /**
     * The body of the answer.
     *
     * @param scanned whether the state is what {@link #scan()} gave
     */
    String answer(ViewState state, boolean scanned, ServedLimits limits) {
        check(state);
        Selected selected = scanned ? Selected.ofScan(state, filter, exactSessions) : Selected.ofCube(state, filter);
        return switch (kind) {
            case PAGE -> PageJson.page(selected, limits);
            case VIEW -> PageJson.view(selected, view, limit, limits);
            case SCHEMA -> PageJson.schema(state, limits);
        };
    }

    /** Refuses a view that the table does not have at this version. */
    void check(ViewState state) {
        if (kind == Kind.VIEW
                && !ViewNames.present(state.spec(), Shape.of(state)).contains(view)) {
            throw new ProblemException(new Problem(
                    404,
                    "unknown-view",
                    "No such view",
                    "The view '" + view + "' is configured over a column that the table does not have; see the"
                            + " warnings of /api/v1/status."));
        }
    }

    private static Filter filter(CubeSpec spec, QueryParameters parameters, Set<String> more) {
        FilterReader reader = new FilterReader(spec);
        Set<String> known = new LinkedHashSet<>(reader.parameters());
        known.addAll(more);
        parameters.refuseAllBut(known);
        return reader.readAny(parameters.all());
    }

    /** Without a filter they are known anyway. */
    static boolean exactSessions(CubeSpec spec, Filter filter, QueryParameters parameters) {
        String sessions = parameters.single("sessions");
        if (sessions != null && !sessions.equals("exact")) {
            throw new BadRequestException("bad-parameter", "'sessions' can only be 'exact'.");
        }
        return sessions != null && !filter.isAll() && spec.distinctColumn().isPresent();
    }

    private static int limit(String view, String text) {
        if (text == null) {
            return 0;
        }
        if (view.equals(ViewNames.TOTALS)) {
            throw new BadRequestException("bad-parameter", "'limit' has no meaning for 'totals'.");
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new BadRequestException("bad-parameter", "'limit' is a whole number from 1 to " + MAX_LIMIT + ".");
    }
}
