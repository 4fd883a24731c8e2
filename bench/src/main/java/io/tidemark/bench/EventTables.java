package io.tidemark.bench;

import io.tidemark.ingest.generate.Generate;
import io.tidemark.ingest.generate.GenerateOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** Delta tables by the command {@code generate}: all sixteen columns of the demo, commits of one file. */
public final class EventTables {
    private static final Instant END = Instant.parse("2026-01-01T00:00:00Z");
    private static final double YEAR_HOURS = 8760;
    private static final double FULL_ROWS = 20_000_000;

    private EventTables() {}

    /** As many rows an hour as in a year of 20 million rows, one session for 20 rows, a million rows a commit. */
    public static Path dense(Setting setting) throws Exception {
        return of(setting, "table-" + setting.rows(), setting.rows(), YEAR_HOURS * setting.rows() / FULL_ROWS, 0.05);
    }

    /** A whole year with a million sessions, or as many as there are rows for. */
    public static Path year(Setting setting) throws Exception {
        double sessions = Math.min(0.5, 1e6 / setting.rows());
        return of(setting, "table-year-" + setting.rows(), setting.rows(), YEAR_HOURS, sessions);
    }

    /** A small one of a day, for what reads it whole, row by row. */
    public static Path small(Setting setting, long rows) throws Exception {
        return of(setting, "table-small-" + rows, rows, 24, 0.05);
    }

    private static Path of(Setting setting, String name, long rows, double hours, double sessionsOfRows)
            throws Exception {
        return setting.data(
                name,
                folder -> Generate.run(
                        new GenerateOptions(
                                folder.toString(),
                                new Configuration(),
                                rows,
                                1_000_000,
                                0,
                                hours,
                                END,
                                (long) (rows * sessionsOfRows),
                                GenerateOptions.DEFAULT_SEED),
                        line -> {},
                        () -> false));
    }

    /** A copy of {@link #year} that may be written to. */
    public static Path copyOfYear(Setting setting, Path copy) throws Exception {
        Path year = year(setting);
        try (Stream<Path> all = Files.walk(year)) {
            for (Path each : all.toList()) {
                Files.copy(each, copy.resolve(year.relativize(each).toString()));
            }
        }
        return copy;
    }

    /** Goes on writing to such a table for some seconds: commits of fifty rows, whose times are spread over the whole year. */
    public static void commit(Path table, int commitsASecond, int seconds) throws IOException {
        long rows = 50L * commitsASecond * seconds;
        Generate.run(
                new GenerateOptions(
                        table.toString(),
                        new Configuration(),
                        rows,
                        50,
                        50.0 * commitsASecond,
                        YEAR_HOURS,
                        END,
                        0,
                        System.nanoTime()),
                line -> {},
                () -> false);
    }

    /** All data files of a table from which nothing was removed. */
    public static List<Path> files(Path table) {
        try (Stream<Path> files = Files.list(table)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
