package io.tidemark.web.wire;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.tail.TailStatus;
import io.tidemark.views.cube.Unlisted;
import io.tidemark.views.quality.Finding;
import io.tidemark.views.store.ViewState;
import io.tidemark.web.engine.Activity;
import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.engine.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a table is doing, at one moment.
 *
 * @param engine what follows the table
 * @param state empty before a first version is served
 * @param rows of that state; 0 before
 * @param subscribers on all of the table's sockets
 * @param notice what became of the stored state, for users; empty if nothing did
 * @param unlisted what pages do not list, as of this state or a little before; empty if that is not known
 * @param findings what is odd about the table's data, newest first
 */
public record StatusReport(
        String tableName,
        String uri,
        String engine,
        TailStatus tail,
        Optional<ViewState> state,
        long rows,
        Progress progress,
        Activity activity,
        long storeBytes,
        int subscribers,
        List<Finding> findings,
        Optional<String> notice,
        Optional<Unlisted> unlisted,
        Duration uptime,
        Instant now) {

    public static StatusReport of(
            LiveTable table, RowCount rows, int subscribers, Optional<Unlisted> unlisted, Duration uptime) {
        // The status before the state: so that a version which is said to be known is not older than one that is
        // served.
        TailStatus tail = table.status();
        Optional<ViewState> state = table.state();
        Instant now = Instant.now();
        return new StatusReport(
                table.name(),
                table.uri(),
                table.engine(),
                tail,
                state,
                state.map(rows::of).orElse(0L),
                table.progress(),
                table.activity(),
                table.storeBytes(),
                subscribers,
                table.findings().newest(now),
                table.stateHealth().notice(),
                unlisted,
                uptime,
                now);
    }

    /** The state's name in the contract. */
    public String stateName() {
        return tail.state().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Newest version known to exist; -1 if none. */
    public long logVersion() {
        return Math.max(tail.logVersion(), state.map(ViewState::version).orElse(-1L));
    }

    /** Versions behind. */
    public long lag() {
        return logVersion() - state.map(ViewState::version).orElse(-1L);
    }

    /** Seconds since the table was last known to hold nothing that is not served; empty if never. */
    public Optional<Double> freshnessSeconds() {
        return tail.currentAt().map(at -> Math.max(0, Duration.between(at, now).toMillis()) / 1000.0);
    }

    /** What is missing or odd in the configuration, and what is not listed, for users. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>(notice.stream().toList());
        state.ifPresent(served -> warnings.addAll(missing(served)));
        state.ifPresent(served -> unlisted.ifPresent(rest -> warnings.addAll(cutShort(served, rest))));
        return warnings;
    }

    private static List<String> cutShort(ViewState state, Unlisted unlisted) {
        List<String> sentences = new ArrayList<>();
        for (String view : ViewNames.present(state.spec(), Shape.of(state))) {
            ViewNames.rest(state.spec(), view, unlisted)
                    .ifPresent(rest -> sentences.add(String.format(
                            Locale.ROOT,
                            "View '%s' has %,d groups more than are listed: their %,d events are in 'other'.",
                            view,
                            rest.groups(),
                            rest.rows())));
        }
        return sentences;
    }

    private static List<String> missing(ViewState state) {
        List<String> missing = Shape.of(state).missing();
        if (missing.isEmpty()) {
            return List.of();
        }
        String found = state.metadata().columns().stream().map(Column::name).collect(Collectors.joining(", "));
        return missing.stream()
                .map(column -> "The table has no column '" + column
                        + "', so what is configured over it is left out. Columns found: " + found + ".")
                .toList();
    }

    /** What must change for the status to be worth telling again. */
    public Object essence() {
        return List.of(
                tail.state(),
                tail.reason(),
                logVersion(),
                state.map(ViewState::version),
                state.map(ViewState::epoch),
                progress.files(),
                progress.filesDone(),
                findings,
                notice);
    }
}
