package io.tidemark.views.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.log.FileId;
import io.tidemark.views.cube.HourBlock;
import io.tidemark.views.cube.NaiveCounts;
import io.tidemark.views.cube.Row;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;

/** The live files of a table and all their rows: what the views must be a recount of. */
final class TableModel {
    final Map<FileId, List<Row>> live;

    TableModel() {
        this(Map.of());
    }

    private TableModel(Map<FileId, List<Row>> live) {
        this.live = new HashMap<>(live);
    }

    TableModel copy() {
        return new TableModel(live);
    }

    List<Row> rows() {
        return live.values().stream().flatMap(List::stream).toList();
    }

    void check(ViewState state) {
        List<Row> rows = rows();
        assertThat(NaiveCounts.cells(state.cube(), state.combinations())).isEqualTo(NaiveCounts.cells(rows));
        assertThat(state.cube().rows()).isEqualTo(rows.size());
        assertThat(state.distinct())
                .isEqualTo(rows.stream()
                        .map(Row::session)
                        .filter(session -> session != null && !session.isEmpty())
                        .distinct()
                        .count());
        assertThat(state.files()).isEqualTo(live.size());
        assertThat(state.bytes())
                .isEqualTo(live.values().stream().mapToLong(TestStores::bytes).sum());
    }

    void checkFiles(PinnedFiles pinned) {
        Map<FileId, LiveFile> found = new HashMap<>();
        pinned.forEach(file -> assertThat(found.put(file.file().id(), file))
                .as("the first of its id")
                .isNull());
        Map<FileId, LiveFile> expected = new HashMap<>();
        live.forEach((id, rows) -> expected.put(id, liveFile(id, rows)));
        assertThat(found).isEqualTo(expected);
    }

    private static LiveFile liveFile(FileId id, List<Row> rows) {
        LongSummaryStatistics hours = rows.stream()
                .mapToLong(Row::hour)
                .filter(hour -> hour != HourBlock.NO_TIME)
                .summaryStatistics();
        boolean hasNoTime = rows.stream().anyMatch(row -> row.hour() == HourBlock.NO_TIME);
        return new LiveFile(TestStores.dataFile(id, rows), rows.size(), hours.getMin(), hours.getMax(), hasNoTime);
    }
}
