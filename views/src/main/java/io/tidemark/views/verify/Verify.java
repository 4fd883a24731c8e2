package io.tidemark.views.verify;

import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.store.StateException;
import io.tidemark.views.store.ViewState;
import io.tidemark.views.store.ViewStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The command {@code verify}: compares every number of every view with a recount of the table at the same version. */
public final class Verify {
    private final VerifyOptions options;
    private final Consumer<String> console;

    /** @param console lines for the user, while it runs */
    public Verify(VerifyOptions options, Consumer<String> console) {
        this.options = options;
        this.console = console;
    }

    /**
     * Checks what a stopped service keeps.
     *
     * @param tableUri the table that the state must be of, as the service names it
     * @throws StateException if there is no state there, it is in use, or another table's
     * @throws io.tidemark.ingest.log.TableException if the table cannot be read at the state's version
     */
    public VerifyResult state(Path stateDir, String tableUri) {
        if (!Files.isDirectory(stateDir)) {
            throw new StateException(
                    "There is no state in " + stateDir + ". Give the --state-dir of a service that ran before.");
        }
        try (ViewStore store = ViewStore.open(stateDir, options.spec(), tableUri)) {
            ViewState state = store.state()
                    .orElseThrow(() -> new StateException("The state in " + stateDir
                            + " holds no version yet: the service was stopped before its first load was complete."));
            return compare(state.version(), StateCells.of(state), false);
        }
    }

    /**
     * Checks what a running service answers. It may go on meanwhile: the recount is at the version that its answer carries.
     *
     * @throws IOException if the service does not answer with views
     * @throws io.tidemark.ingest.log.TableException if the table cannot be read at that version
     */
    public VerifyResult service(RunningService service) throws IOException {
        ServiceViews views = ServiceViews.fetch(service, options.spec());
        return compare(views.version(), views.cells(), false);
    }

    /**
     * Checks any version that the table still has: its views are built anew with the service's own code.
     *
     * <p>Needs room in the folder for temporary files, as much as a state of that version takes.
     *
     * @param tableUri as the service names the table
     * @throws IOException if there is no room for temporary files
     * @throws io.tidemark.ingest.log.TableException if the table cannot be read at that version
     */
    public VerifyResult version(long version, String tableUri) throws IOException {
        console.accept("Building the views of version " + version + " anew");
        return compare(version, FreshViews.at(version, tableUri, options), true);
    }

    private VerifyResult compare(long version, Cells served, boolean builtAnew) {
        Recount.Result counted = new Recount(options, console).at(version);
        dropAbsent(served, counted);
        counted.cells().listAs(served);
        Comparison comparison = Comparison.of(served, counted.cells(), options.mostDifferences());
        return new VerifyResult(
                version,
                builtAnew,
                counted.listing().reader(),
                counted.listing().files().size(),
                counted.withVectors(),
                counted.rows(),
                comparison.cells(),
                comparison.differences(),
                comparison.first());
    }

    /** A configured column that the table does not have is left out of answers: then both sides must not speak of it. */
    private void dropAbsent(Cells served, Recount.Result counted) {
        CubeSpec spec = options.spec();
        Cells cells = counted.cells();
        for (int d = 0; d < spec.dimensions().size(); d++) {
            String name = spec.dimensions().get(d).name();
            if (counted.columns().dimensions().get(d).isEmpty()
                    && !served.views().contains(name)) {
                cells.drop(name);
                cells.drop(Cells.TOTALS, "values", name);
                if (d < 2 && !served.views().contains(Cells.HEATMAP)) {
                    cells.drop(Cells.HEATMAP);
                }
            }
        }
    }
}
