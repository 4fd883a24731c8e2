package io.tidemark.web.rest;

import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Filter;
import io.tidemark.web.access.Admission;
import io.tidemark.web.live.EventStreamEndpoint;
import io.tidemark.web.wire.BadRequestException;
import io.tidemark.web.wire.FilterReader;
import io.tidemark.web.wire.ViewNames;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code GET …/stream}: the live socket's messages over plain HTTP. */
public final class StreamRoute {
    private static final int MAX_ID = 200;

    private final CubeSpec spec;
    private final EventStreamEndpoint endpoint;

    public StreamRoute(CubeSpec spec, EventStreamEndpoint endpoint) {
        this.spec = spec;
        this.endpoint = endpoint;
    }

    /** @param prefix of all paths of the table, without a slash at its end */
    public void install(Router router, String prefix) {
        ReadOnly.path(router, prefix + "/api/v1/stream", this::stream);
    }

    private void stream(RoutingContext context) {
        QueryParameters parameters = new QueryParameters(context.request().query());
        FilterReader reader = new FilterReader(spec);
        Set<String> known = new LinkedHashSet<>(reader.parameters());
        known.addAll(List.of("views", "id", "since", "sessions", "alerts"));
        parameters.refuseAllBut(known);
        Filter filter = endpoint.canScan() ? reader.readAny(parameters.all()) : reader.read(parameters.all());
        boolean exact = exactSessions(parameters, filter);
        Set<String> views = views(parameters);
        boolean alerts = "true".equals(parameters.single("alerts"));
        String id = id(parameters.single("id"));
        // A browser that comes back by itself says what it has; the address was made before it had anything.
        Optional<String> since = Optional.ofNullable(context.request().getHeader("Last-Event-ID"))
                .or(() -> Optional.ofNullable(parameters.single("since")));
        if (context.request().method() == HttpMethod.HEAD) {
            context.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end();
        } else if (!endpoint.accept(
                context.request(), id, filter, exact, views, since, alerts, Admission.of(context))) {
            throw new ProblemException(Problem.busy());
        }
    }

    private boolean exactSessions(QueryParameters parameters, Filter filter) {
        boolean exact = PageQuery.exactSessions(spec, filter, parameters);
        if (exact && !endpoint.canScan()) {
            throw new BadRequestException(
                    FilterReader.NEEDS_SCAN,
                    "Sessions under a filter need a scan of the table, which is not done here.");
        }
        return exact;
    }

    private Set<String> views(QueryParameters parameters) {
        Set<String> known = ViewNames.all(spec);
        List<String> wanted = parameters.all().getOrDefault("views", List.of());
        if (!known.containsAll(wanted)) {
            throw new BadRequestException(
                    "bad-views", "'views' is one of these names, and may repeat: " + String.join(", ", known) + ".");
        }
        return wanted.isEmpty() ? known : Set.copyOf(wanted);
    }

    private static String id(String given) {
        String id = given == null ? "main" : given;
        if (id.isEmpty() || id.length() > MAX_ID) {
            throw new BadRequestException("bad-parameter", "'id' is a text of 1 to " + MAX_ID + " characters.");
        }
        return id;
    }
}
