package io.tidemark.bench.cases;

import io.tidemark.bench.Case;
import io.tidemark.bench.Cells;
import io.tidemark.bench.Contest;
import io.tidemark.bench.DuckDb;
import io.tidemark.bench.EventFiles;
import io.tidemark.bench.EventTables;
import io.tidemark.bench.Followed;
import io.tidemark.bench.Goal;
import io.tidemark.bench.Line;
import io.tidemark.bench.Report;
import io.tidemark.bench.Setting;
import io.tidemark.bench.Times;
import io.tidemark.bench.WrongOutputException;
import io.tidemark.views.store.ViewState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A first load as the service does it: snapshot, cells and sessions in one pass, ledger, one atomic commit. DuckDB's two queries
 * give the same numbers and keep nothing.
 */
final class FirstLoad implements Case {
    private static final double GOAL = 2.5;

    @Override
    public String name() {
        return "load";
    }

    @Override
    public String about() {
        return "first load of a generated table with ledger, sessions and atomic commit; one and two counting threads";
    }

    @Override
    public void run(Setting setting, Report report) throws Exception {
        Path table = EventTables.dense(setting);
        String files = DuckDb.files(EventTables.files(table));
        String cells = Cells.digest(files, "");
        String sessions = "SELECT count(DISTINCT nullif(session_id, '')) FROM " + files;
        for (int threads = 1; threads <= 2; threads++) {
            int counting = threads;
            report.say(name() + " with " + counting);
            try (DuckDb duck = new DuckDb(counting)) {
                List<Long> expected;
                long distinct;
                try (Followed followed = open(setting, table, counting)) {
                    ViewState state = followed.load();
                    Cells.compare(state.cube(), state.combinations(), duck, files);
                    expected = List.of(state.cube().cells(), state.cube().rows());
                    distinct = state.distinct();
                    WrongOutputException.unlessEqual("sessions", List.of(distinct), duck.numbers(sessions));
                }
                Contest contest = Contest.onSeveralThreads(setting.rounds())
                        .with("ours", () -> {
                            try (Followed followed = open(setting, table, counting)) {
                                WrongOutputException.unlessEqual(
                                        "sessions", distinct, followed.load().distinct());
                            }
                        })
                        .with("DuckDB", () -> {
                            WrongOutputException.unlessEqual("cells", expected, duck.numbers(cells));
                            duck.numbers(sessions);
                        });
                Map<String, Times> times = contest.run();
                Times ours = times.get("ours");
                Line line = Line.race(
                        name(),
                        "with ledger and sessions, " + counting + (counting == 1 ? " thread" : " threads"),
                        contest,
                        ours,
                        times.get("DuckDB"),
                        Goal.times(GOAL));
                // One counting thread has the store's beside it, so only what all threads did together is comparable.
                report.add((counting == 1 ? line.judgedBy(line.cpuRatio()) : line)
                        .noting(String.format(
                                java.util.Locale.ROOT,
                                "%.2f M rows a second by the clock, %.0f ns of processor a row",
                                setting.rows() / ours.wall() / 1e3,
                                ours.cpu() * 1e6 / setting.rows())));
            }
        }
    }

    private static Followed open(Setting setting, Path table, int threads) throws Exception {
        return new Followed(table, setting.empty("load"), EventFiles.spec(true), threads);
    }
}
