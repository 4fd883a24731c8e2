package io.tidemark.web.export;

import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.scan.ParquetRowScanner;
import io.tidemark.ingest.scan.RowFilter;
import io.tidemark.ingest.scan.RowProjection;
import io.tidemark.ingest.scan.ScanControl;
import io.tidemark.ingest.scan.ScanLimits;
import io.tidemark.ingest.scan.ScanResult;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Not a test: all columns of a file of a million rows to a CSV file, by DuckDB's COPY on one thread and by the row scan with
 * {@link CsvWriter}, in turns. Processor time of the best round. Arguments: a folder,
 * and how many rounds.
 */
final class CsvSpeed {
    private static final int ROWS = 1_000_000;
    private static final int ENOUGH = 1 << 18;
    private static final List<Column> COLUMNS = List.of(
            column("timestamp", ColumnType.TIMESTAMP_NTZ),
            column("session_id", ColumnType.STRING),
            column("channel", ColumnType.STRING),
            column("event_type", ColumnType.STRING),
            column("platform", ColumnType.STRING),
            column("event_category", ColumnType.STRING),
            column("page", ColumnType.STRING),
            column("duration", ColumnType.INTEGER),
            column("amount", ColumnType.DOUBLE));

    private static final String TABLE = """
            SELECT make_timestamp(1700000000000000 + i * 31536000 + CAST(hash(i) %% 1000000 AS BIGINT)) AS timestamp,
              'session-' || (hash(i // 7) %% 200000) AS session_id,
              ['web', 'app', 'mail', 'shop'][1 + CAST(hash(i, 1) %% 4 AS BIGINT)] AS channel,
              ['page_view', 'click', 'purchase', 'login', 'logout', 'search'][1 + CAST(hash(i, 2) %% 6 AS BIGINT)] AS event_type,
              'platform-' || (hash(i, 3) %% 13) AS platform,
              CASE WHEN i %% 10 = 0 THEN NULL ELSE 'category-' || (hash(i, 4) %% 4) END AS event_category,
              'https://example.org/page/' || (hash(i, 5) %% 5000) AS page,
              CAST(hash(i, 6) %% 100000 AS INTEGER) AS duration,
              CAST(hash(i, 7) %% 1000000 AS DOUBLE) / 100 AS amount
            FROM range(%d) r(i)
            """;

    private CsvSpeed() {}

    private static Column column(String name, ColumnType type) {
        return new Column(name, name, OptionalInt.empty(), type, type.name());
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        int rounds = Integer.parseInt(arguments[1]);
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = duck.createStatement();
                TableFiles files = new LocalTableFiles(folder)) {
            sql.execute("SET threads=1");
            for (String codec : List.of("snappy", "zstd")) {
                Path file = folder.resolve("speed-" + codec + ".parquet");
                if (!Files.exists(file)) {
                    sql.execute("COPY (" + TABLE.formatted(ROWS) + ") TO '" + file + "' (FORMAT parquet, CODEC '"
                            + codec + "')");
                }
                measure(codec + " 100 %", "true", RowFilter.ALL, file, rounds, sql, files);
                RowFilter some = new RowFilter(
                        RowFilter.OPEN_FROM,
                        RowFilter.OPEN_TO,
                        List.of(new RowFilter.Condition(
                                Optional.of(COLUMNS.get(6)),
                                IntStream.range(0, 50)
                                        .mapToObj(i -> "https://example.org/page/" + i)
                                        .collect(Collectors.toSet()),
                                false)));
                String where = "page IN (SELECT 'https://example.org/page/' || i FROM range(50) r(i))";
                measure(codec + " 1 %", where, some, file, rounds, sql, files);
            }
        }
    }

    private static void measure(
            String name, String where, RowFilter filter, Path file, int rounds, Statement sql, TableFiles files)
            throws IOException, SQLException {
        ParquetRowScanner scanner = new ParquetRowScanner(files, ScanLimits.standard());
        long bestDuck = Long.MAX_VALUE;
        long bestOurs = Long.MAX_VALUE;
        ScanResult result = null;
        Path target = file.resolveSibling("out.csv");
        for (int i = 0; i < rounds; i++) {
            long start = cpuTime();
            sql.execute(
                    "COPY (SELECT * FROM '" + file + "' WHERE " + where + ") TO '" + target + "' (FORMAT csv, HEADER)");
            bestDuck = Math.min(bestDuck, cpuTime() - start);
            start = cpuTime();
            result = write(scanner, file, filter, target);
            bestOurs = Math.min(bestOurs, cpuTime() - start);
        }
        System.out.printf(
                "%-12s %,9d rows  DuckDB %6.1f ms  Tidemark %6.1f ms  %.2fx  %.1f M rows/s%n",
                name,
                result.rows(),
                bestDuck / 1e6,
                bestOurs / 1e6,
                (double) bestDuck / bestOurs,
                ROWS * 1e3 / bestOurs);
    }

    /** Of this thread, as DuckDB works on its caller's: then a busy machine does not matter. */
    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static ScanResult write(ParquetRowScanner scanner, Path file, RowFilter filter, Path target)
            throws IOException {
        RowProjection projection = new RowProjection(COLUMNS, Optional.of(COLUMNS.get(0)), Set.of(), false);
        DataFile data = new DataFile(
                file.getFileName().toString(), Optional.empty(), Map.of(), Files.size(file), Optional.empty());
        CsvWriter writer = new CsvWriter(COLUMNS, true);
        OutputBuffer out = new OutputBuffer(2 * ENOUGH);
        try (OutputStream stream = Files.newOutputStream(target)) {
            writer.begin(out);
            ScanResult result = scanner.scan(
                    data,
                    projection,
                    filter,
                    batch -> {
                        for (int row = 0; row < batch.rows(); ) {
                            row = writer.write(batch, row, out, ENOUGH);
                            if (out.length() >= ENOUGH) {
                                flush(out, stream);
                            }
                        }
                        return true;
                    },
                    new ScanControl());
            flush(out, stream);
            return result;
        }
    }

    private static void flush(OutputBuffer out, OutputStream stream) {
        try {
            stream.write(out.bytes(), 0, out.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.clear();
    }
}
