package io.tidemark.web.rest;

import io.tidemark.ingest.log.TableException;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.query.TableQueries;
import io.tidemark.views.query.VersionFiles;
import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.export.ExportAbout;
import io.tidemark.web.export.ExportFileName;
import io.tidemark.web.export.ExportFormat;
import io.tidemark.web.export.ExportStoppedException;
import io.tidemark.web.export.ExportStoppedException.Cause;
import io.tidemark.web.export.Exports;
import io.tidemark.web.export.FilterText;
import io.tidemark.web.export.ResponseSink;
import io.tidemark.web.wire.BadRequestException;
import io.tidemark.web.wire.FilterReader;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET …/export}: rows as a download. */
public final class ExportRoute {
    private static final Logger LOG = LoggerFactory.getLogger(ExportRoute.class);

    private final LiveTable table;
    private final TableQueries queries;
    private final Exports exports;

    public ExportRoute(LiveTable table, TableQueries queries, Exports exports) {
        this.table = table;
        this.queries = queries;
        this.exports = exports;
    }

    /** @param prefix of all paths of the table, without a slash at its end */
    public void install(Router router, String prefix) {
        ReadOnly.path(router, prefix + "/api/v1/export", this::export);
    }

    /** Which rows, and how: what the parameters say. */
    private record Wanted(ExportFormat format, boolean raw, Filter filter, Optional<Long> version) {}

    private void export(RoutingContext context) {
        Wanted wanted = wanted(new QueryParameters(context.request().query()));
        Exports.Ticket ticket = exports.admit().orElseThrow(() -> new ProblemException(Problem.tooManyExports()));
        try {
            Download download = new Download(context, wanted, ticket);
            ticket.execute(download);
        } catch (RejectedExecutionException e) {
            ticket.close();
            throw new ProblemException(Problem.notReady("The service is going down."));
        }
    }

    private Wanted wanted(QueryParameters parameters) {
        FilterReader reader = new FilterReader(table.spec());
        Set<String> known = new LinkedHashSet<>(reader.parameters());
        known.addAll(List.of("format", "raw", "version"));
        parameters.refuseAllBut(known);
        String name = Optional.ofNullable(parameters.single("format")).orElse("csv");
        ExportFormat format = ExportFormat.named(name)
                .orElseThrow(() -> new BadRequestException(
                        "bad-parameter", "'format' is csv, ndjson, xlsx or parquet, and not '" + name + "'."));
        return new Wanted(
                format, raw(parameters, format), reader.readAny(parameters.all()), Numbers.version(parameters));
    }

    private static boolean raw(QueryParameters parameters, ExportFormat format) {
        String text = parameters.single("raw");
        if (text == null) {
            return false;
        }
        if (!text.equals("true") && !text.equals("false")) {
            throw new BadRequestException("bad-parameter", "'raw' is true or false.");
        }
        if (format != ExportFormat.CSV) {
            throw new BadRequestException("bad-parameter", "'raw' is for CSV only: other formats need no apostrophes.");
        }
        return text.equals("true");
    }

    /** One download; runs on a thread that may wait. */
    private final class Download implements Runnable {
        private final RoutingContext context;
        private final Wanted wanted;
        private final Exports.Ticket ticket;
        private final boolean headOnly;
        private final ResponseSink sink;
        private volatile ExportAbout about;

        /** To be made on the request's event loop. */
        Download(RoutingContext context, Wanted wanted, Exports.Ticket ticket) {
            this.context = context;
            this.wanted = wanted;
            this.ticket = ticket;
            this.headOnly = context.request().method() == HttpMethod.HEAD;
            this.sink = new ResponseSink(
                    context.request(), Vertx.currentContext(), exports.limits().stall(), this::head);
            context.response().closeHandler(closed -> {
                sink.gone();
                ticket.stop(Cause.CLIENT_GONE);
            });
        }

        @Override
        public void run() {
            try (ticket;
                    VersionFiles files = queries.files(wanted.version)
                            .orElseThrow(() -> new ProblemException(Problem.noVersionYet()))) {
                about = new ExportAbout(
                        table.name(),
                        table.uri(),
                        files.version(),
                        files.epoch(),
                        files.committedAt(),
                        FilterText.of(wanted.filter),
                        Instant.now(),
                        files.metadata().columns());
                sink.begin();
                if (!headOnly) {
                    ticket.run(queries.rows(files, wanted.filter), wanted.format, wanted.raw, about, sink);
                }
                sink.end();
            } catch (RuntimeException | Error e) {
                Throwable told = problem(e);
                log(e, told);
                sink.fail(() -> context.fail(500, told));
            }
        }

        private void head(HttpServerResponse response) {
            response.putHeader("Tidemark-Version", Long.toString(about.version()))
                    .putHeader("Tidemark-Epoch", about.epoch())
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .putHeader(HttpHeaders.CONTENT_TYPE, wanted.format.contentType())
                    .putHeader("Content-Disposition", ExportFileName.disposition(about, wanted.format));
        }

        private void log(Throwable failure, Throwable told) {
            if (failure instanceof ProblemException) {
                return;
            }
            String what = "[" + table.name() + "] An export as " + wanted.format.extension() + " ended early";
            if (failure instanceof ExportStoppedException stopped) {
                LOG.info("{}: {}", what, stopped.stopped());
            } else if (failure instanceof TableException) {
                LOG.warn("{}: {}", what, failure.getMessage());
            } else if (told instanceof ProblemException) {
                // The client's doing, such as a version that is not there, and it is told.
                LOG.info("{}: {}", what, failure.getMessage());
            } else {
                LOG.error("{}", what, failure);
            }
        }
    }

    private static Throwable problem(Throwable failure) {
        if (failure instanceof ExportStoppedException) {
            return new ProblemException(Problem.notReady("The service is going down."));
        }
        return ScanRunner.problem(failure);
    }
}
