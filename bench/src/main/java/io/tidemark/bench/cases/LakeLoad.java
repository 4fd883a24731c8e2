package io.tidemark.bench.cases;

import io.tidemark.bench.Case;
import io.tidemark.bench.Contest;
import io.tidemark.bench.EventFiles;
import io.tidemark.bench.EventTables;
import io.tidemark.bench.Followed;
import io.tidemark.bench.Line;
import io.tidemark.bench.Report;
import io.tidemark.bench.Setting;
import io.tidemark.bench.StoredTable;
import io.tidemark.bench.Times;
import io.tidemark.bench.WrongOutputException;
import io.tidemark.ingest.files.TableLocation;
import java.nio.file.Path;
import java.util.Map;

/** A first load from the S3 server that the {@code AWS_} variables name, in turns with one from the local disk. */
final class LakeLoad implements Case {
    @Override
    public String name() {
        return "lake-load";
    }

    @Override
    public String about() {
        return "first load from the S3 server of AWS_ENDPOINT_URL against the local disk; -Dlake.bucket";
    }

    @Override
    public void run(Setting setting, Report report) throws Exception {
        Map<String, String> environment = StoredTable.environment();
        Path local = EventTables.dense(setting);
        report.say("copies " + setting.rows() + " rows");
        try (StoredTable table = new StoredTable(local, "load-" + setting.rows(), environment)) {
            TableLocation location = TableLocation.parse(table.uri());
            int threads = Runtime.getRuntime().availableProcessors();
            Contest contest = Contest.onSeveralThreads(setting.rounds())
                    .with("store", () -> {
                        try (Followed followed = new Followed(
                                location.open(environment), setting.empty("load"), EventFiles.spec(true), threads)) {
                            WrongOutputException.unlessEqual(
                                    "rows",
                                    setting.rows(),
                                    followed.load().cube().rows());
                        }
                    })
                    .with("disk", () -> {
                        try (Followed followed =
                                new Followed(local, setting.empty("load"), EventFiles.spec(true), threads)) {
                            WrongOutputException.unlessEqual(
                                    "rows",
                                    setting.rows(),
                                    followed.load().cube().rows());
                        }
                    });
            Map<String, Times> times = contest.run();
            report.add(Line.race(
                            name(),
                            "first load of " + setting.rows() / 1_000_000 + " M rows, against the local disk",
                            contest,
                            times.get("store"),
                            times.get("disk"),
                            null)
                    .noting(threads + " counting threads; the store is on the same machine"));
        }
    }
}
