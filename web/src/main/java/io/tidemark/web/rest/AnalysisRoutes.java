package io.tidemark.web.rest;

import io.tidemark.views.analysis.CohortQuery;
import io.tidemark.views.analysis.CohortTable;
import io.tidemark.views.analysis.FunnelQuery;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.query.Analysed;
import io.tidemark.views.query.Scan;
import io.tidemark.views.query.TableQueries;
import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.wire.AnalysesJson;
import io.tidemark.web.wire.AnalysisReader;
import io.tidemark.web.wire.FilterReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** {@code GET …/analyses/funnel} and {@code …/analyses/cohort}: scans of whole histories, with progress for who asks for it. */
final class AnalysisRoutes {
    private final LiveTable table;
    private final ScannedAnswers answers;
    private final AnalysisReader reader;

    AnalysisRoutes(LiveTable table, ScannedAnswers answers) {
        this.table = table;
        this.answers = answers;
        this.reader = new AnalysisReader(table.spec());
    }

    /**
     * Those paths that the configured columns allow.
     *
     * @param prefix of all paths of the table, without a slash at its end
     */
    void install(Router router, String prefix) {
        String path = prefix + "/api/v1/analyses/";
        if (AnalysisReader.hasFunnel(table.spec())) {
            ReadOnly.path(router, path + "funnel", this::funnel);
        }
        if (AnalysisReader.hasCohorts(table.spec())) {
            ReadOnly.path(router, path + "cohort", this::cohorts);
        }
    }

    private record Asked(Record query, Filter filter) {}

    private void funnel(RoutingContext context) {
        QueryParameters parameters = parameters(context, AnalysisReader.FUNNEL);
        FunnelQuery query = reader.funnel(parameters.all());
        Filter filter = new FilterReader(table.spec()).readAny(parameters.all());
        Optional<Long> version = Numbers.version(parameters);
        answer(context, new Asked(query, filter), version, scan -> {
            Analysed<List<Long>> funnel =
                    queries().funnel(version, query, filter, scan).orElseThrow(AnalysisRoutes::noVersionYet);
            return made(funnel, AnalysesJson.funnel(query, funnel));
        });
    }

    private void cohorts(RoutingContext context) {
        QueryParameters parameters = parameters(context, AnalysisReader.COHORT);
        CohortQuery query = reader.cohorts(parameters.all());
        Filter filter = new FilterReader(table.spec()).readAny(parameters.all());
        Optional<Long> version = Numbers.version(parameters);
        answer(context, new Asked(query, filter), version, scan -> {
            Analysed<CohortTable> cohorts =
                    queries().cohorts(version, query, filter, scan).orElseThrow(AnalysisRoutes::noVersionYet);
            return made(cohorts, AnalysesJson.cohorts(query, cohorts));
        });
    }

    private QueryParameters parameters(RoutingContext context, Set<String> own) {
        QueryParameters parameters = new QueryParameters(context.request().query());
        Set<String> known = new LinkedHashSet<>(new FilterReader(table.spec()).parameters());
        known.addAll(own);
        known.add("version");
        parameters.refuseAllBut(known);
        return parameters;
    }

    private void answer(
            RoutingContext context, Asked asked, Optional<Long> version, Function<Scan, ScannedAnswers.Made> work) {
        queries();
        Vary.on(context.response().headers(), "Accept");
        if (ProgressStream.isAskedFor(context)) {
            answers.stream(context, asked, version, work);
        } else {
            answers.answer(context, asked, version, work);
        }
    }

    private TableQueries queries() {
        return table.queries()
                .orElseThrow(() -> new ProblemException(Problem.notBuilt("This table cannot be scanned.")));
    }

    private static ProblemException noVersionYet() {
        return new ProblemException(Problem.noVersionYet());
    }

    private static ScannedAnswers.Made made(Analysed<?> analysed, String body) {
        return new ScannedAnswers.Made(analysed.epoch(), analysed.version(), Buffer.buffer(body));
    }
}
