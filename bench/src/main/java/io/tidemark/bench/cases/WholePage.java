package io.tidemark.bench.cases;

import io.tidemark.bench.Case;
import io.tidemark.bench.Contest;
import io.tidemark.bench.EventFiles;
import io.tidemark.bench.EventTables;
import io.tidemark.bench.Followed;
import io.tidemark.bench.Line;
import io.tidemark.bench.Report;
import io.tidemark.bench.Setting;
import io.tidemark.bench.Times;
import io.tidemark.bench.WrongOutputException;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.ServedLimits;
import io.tidemark.views.store.ViewState;
import io.tidemark.web.wire.PageJson;
import io.tidemark.web.wire.Selected;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/**
 * The whole page the way this project began with: read every row of the table, then group. By
 * parquet-java, as Delta Standalone's own reader knows times of 96 bits only. Against a page
 * from the cube, and against a first load, which is what has to be done once for it.
 */
final class WholePage implements Case {
    private static final long MICROS_AN_HOUR = 3_600_000_000L;

    @Override
    public String name() {
        return "seed";
    }

    @Override
    public String about() {
        return "the whole page by reading all rows and grouping them, against a first load and against the cube";
    }

    /** Groups of every view of the page. */
    private static final class Grouped {
        private final Map<Object, Long> counts = new HashMap<>();
        private final Set<String> sessions = new HashSet<>();
        private long rows;

        void add(Group row) {
            rows++;
            counts.merge(row.getLong("timestamp", 0) / MICROS_AN_HOUR, 1L, Long::sum);
            for (String dimension : EventFiles.DIMENSIONS) {
                counts.merge(dimension + "=" + text(row, dimension), 1L, Long::sum);
            }
            counts.merge(text(row, "channel") + "|" + text(row, "event_type"), 1L, Long::sum);
            String session = text(row, "session_id");
            if (session != null && !session.isEmpty()) {
                sessions.add(session);
            }
        }

        private static String text(Group row, String column) {
            return row.getFieldRepetitionCount(column) == 0 ? null : row.getString(column, 0);
        }
    }

    @Override
    public void run(Setting setting, Report report) throws Exception {
        long rows = setting.pick(100_000, 500_000, 1_000_000);
        Path table = EventTables.small(setting, rows);
        try (Followed followed = open(setting, table)) {
            ViewState state = followed.load();
            Grouped grouped = group(table);
            WrongOutputException.unlessEqual("rows", state.cube().rows(), grouped.rows);
            WrongOutputException.unlessEqual("sessions", state.distinct(), (long) grouped.sessions.size());
            Contest contest = Contest.onSeveralThreads(setting.rounds())
                    .with("page", () -> PageJson.page(Selected.ofCube(state, Filter.ALL), ServedLimits.DEFAULT))
                    .with("load", () -> {
                        try (Followed again = open(setting, table)) {
                            again.load();
                        }
                    })
                    .with("seed", () -> group(table));
            Map<String, Times> times = contest.run();
            String of = String.format(java.util.Locale.ROOT, "%,d rows", rows);
            report.add(Line.race(name(), "first load of " + of, contest, times.get("load"), times.get("seed"), null));
            report.add(Line.race(name(), "the page of " + of, contest, times.get("page"), times.get("seed"), null));
        }
    }

    private static Followed open(Setting setting, Path table) throws IOException {
        // The first stays open while others come and go.
        return new Followed(table, setting.empty("seed/" + System.nanoTime()), EventFiles.spec(true), 1);
    }

    private static Grouped group(Path table) throws IOException {
        Grouped grouped = new Grouped();
        for (Path file : EventTables.files(table)) {
            try (ParquetReader<Group> rows = ParquetReader.builder(
                            new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
                    .build()) {
                for (Group row = rows.read(); row != null; row = rows.read()) {
                    grouped.add(row);
                }
            }
        }
        return grouped;
    }
}
