package io.tidemark.web.doctor;

import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.DeltaTableLog;
import io.tidemark.ingest.log.LogSurvey;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.log.TableSnapshot;
import io.tidemark.views.cube.CubeSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at a table as a first load would, but for its data files.
 *
 * @param lines what was found
 * @param files empty if the table cannot be read
 */
record TableExam(List<Line> lines, Optional<FileTally> files) {

    static TableExam of(TableFiles table, CubeSpec spec, long heap, int processors, Instant now) {
        List<Line> lines = new ArrayList<>();
        DeltaTableLog log = new DeltaTableLog(table);
        try {
            Optional<TableSnapshot> newest = log.latestSnapshot();
            if (newest.isEmpty()) {
                lines.add(Line.wrong(
                        "table",
                        table.root() + ": " + log.describeAbsence(),
                        "Correct --table (DELTA_TABLE_PATH), or write the table: a service waits for it."));
                return new TableExam(lines, Optional.empty());
            }
            try (TableSnapshot snapshot = newest.get()) {
                lines.add(Line.ok(
                        "table",
                        table.root() + ": version " + snapshot.version() + " of " + snapshot.committedAt() + ", id "
                                + snapshot.metadata().id()));
                lines.addAll(LogRules.of(LogSurvey.of(table), snapshot.protocol(), snapshot.metadata(), heap, now));
                lines.add(ColumnRules.of(spec, snapshot.metadata()));
                FileTally tally = FileTally.of(snapshot.files());
                lines.addAll(FileRules.of(tally, heap, processors));
                return new TableExam(lines, Optional.of(tally));
            }
        } catch (TableException e) {
            lines.add(Line.wrong(
                    "table",
                    table.root() + ": " + e.getMessage(),
                    "A service is stale until this is mended, and goes on then."));
            return new TableExam(lines, Optional.empty());
        }
    }
}
