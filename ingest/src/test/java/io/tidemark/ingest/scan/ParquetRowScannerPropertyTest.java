package io.tidemark.ingest.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random files, written by DuckDB or by parquet-java with a page index, and random filters: the rows are those that DuckDB
 * selects, cell by cell and in the file's order. {@code -Dtidemark.seed} repeats a run.
 */
class ParquetRowScannerPropertyTest {
    private static final long START = 1_700_000_000_000_000L;
    private static final String[] COLUMNS = {
        "name string",
        "unique_name string",
        "maybe string",
        "small integer",
        "big long",
        "flag boolean",
        "day date",
        "price decimal(9,2)",
        "ratio double"
    };
    private static final String SCHEMA = """
            message rows {
              optional int64 time (TIMESTAMP(MICROS,false));
              optional binary name (STRING);
              optional binary unique_name (STRING);
              optional binary maybe (STRING);
              optional int32 small;
              optional int64 big;
              optional boolean flag;
              optional int32 day (DATE);
              optional int32 price (DECIMAL(9,2));
              optional double ratio;
            }
            """;

    private static DuckDb duck;
    private final Random random = new Random(seed());

    @TempDir
    static Path folder;

    @BeforeAll
    static void open() throws SQLException {
        duck = new DuckDb();
    }

    @AfterAll
    static void close() throws SQLException {
        duck.close();
    }

    private static long seed() {
        long seed = Long.getLong("tidemark.seed", System.nanoTime());
        System.out.println("ParquetRowScannerPropertyTest: -Dtidemark.seed=" + seed);
        return seed;
    }

    @Test
    void anyFilterGivesTheRowsThatDuckDbSelects() throws SQLException, IOException {
        for (int file = 0; file < 8; file++) {
            int rows = 1 + random.nextInt(file % 3 == 0 ? 200 : 30_000);
            Path path = folder.resolve("filters-" + file + ".parquet");
            write(path, file % 2 == 0, rows);
            for (int i = 0; i < 8; i++) {
                check(path, rows);
            }
        }
    }

    private void check(Path path, int rows) throws SQLException {
        List<String> columns = new ArrayList<>(Arrays.asList(COLUMNS));
        Collections.shuffle(columns, random);
        columns = columns.subList(0, random.nextInt(columns.size() + 1));
        List<String> where = new ArrayList<>(List.of("true"));
        OptionalLong from = bound(rows);
        OptionalLong to = bound(rows);
        from.ifPresent(micros -> where.add("epoch_us(time) >= " + micros));
        to.ifPresent(micros -> where.add("epoch_us(time) < " + micros));
        List<RowFilter.Condition> conditions = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            condition(rows, conditions, where);
        }
        RowProjection projection = ScannedRows.projection("time timestamp_ntz", columns.toArray(String[]::new));
        RowFilter filter = ScannedRows.filter(from, to, conditions.toArray(RowFilter.Condition[]::new));
        String sql = select(path, columns) + " WHERE " + String.join(" AND ", where) + " ORDER BY file_row_number";

        assertThat(ScannedRows.rows(path, projection, filter, limits())).as(sql).isEqualTo(duck.rows(sql));
    }

    @Test
    void rowsAtPositionsAreThoseOfTheFile() throws SQLException, IOException {
        for (int file = 0; file < 4; file++) {
            int rows = 1 + random.nextInt(30_000);
            Path path = folder.resolve("positions-" + file + ".parquet");
            write(path, file % 2 == 0, rows);
            List<String> all = duck.rows(select(path, Arrays.asList(COLUMNS)) + " ORDER BY file_row_number");
            for (int i = 0; i < 4; i++) {
                TreeSet<Long> positions = new TreeSet<>();
                for (int n = random.nextInt(200); n >= 0; n--) {
                    positions.add((long) random.nextInt(rows));
                }
                RowProjection projection = ScannedRows.projection("time timestamp_ntz", COLUMNS);
                List<String> found = new ArrayList<>();

                ScannedRows.scanner(path, limits())
                        .fetch(
                                Scanned.file(path),
                                projection,
                                positions.stream().mapToLong(Long::longValue).toArray(),
                                batch -> ScannedRows.add(batch, projection, found),
                                new ScanControl());

                assertThat(found)
                        .isEqualTo(positions.stream()
                                .map(p -> all.get(p.intValue()))
                                .toList());
            }
        }
    }

    private static String select(Path path, List<String> columns) {
        return "SELECT file_row_number, epoch_us(time)"
                + columns.stream()
                        .map(c -> ", " + c.substring(0, c.indexOf(' ')) + "::VARCHAR")
                        .collect(Collectors.joining())
                + " FROM read_parquet('" + path + "', file_row_number = true)";
    }

    /** Small files whole or not, large ones in windows of any size. */
    private ScanLimits limits() {
        int whole = random.nextBoolean() ? 0 : 1 << 24;
        return new ScanLimits(whole, 1 << (8 + random.nextInt(12)), 1 << 24, 1 << 26, 1 << 16, 1 << 28, 1 << 20, 1);
    }

    private OptionalLong bound(int rows) {
        return random.nextInt(3) == 0
                ? OptionalLong.of(time(random.nextInt(rows)) + random.nextInt(3) - 1)
                : OptionalLong.empty();
    }

    private void condition(int rows, List<RowFilter.Condition> conditions, List<String> where) {
        String column = COLUMNS[random.nextInt(6)];
        String[] accepted = new String[1 + random.nextInt(3)];
        for (int i = 0; i < accepted.length; i++) {
            int row = random.nextInt(rows);
            accepted[i] = switch (column) {
                case "name string" -> name(row);
                case "unique_name string" -> "user-" + row;
                case "maybe string" -> "v" + random.nextInt(800);
                case "small integer" -> Integer.toString(row % 40 - 20);
                case "big long" -> Long.toString(big(row));
                default -> random.nextBoolean() ? "true" : "false";
            };
            if (random.nextInt(6) == 0) {
                accepted[i] = null;
            }
        }
        conditions.add(ScannedRows.condition(column, accepted));
        String name = column.substring(0, column.indexOf(' '));
        where.add(Arrays.stream(accepted)
                .map(text -> text == null ? name + " IS NULL" : name + "::VARCHAR = '" + text + "'")
                .map(test -> "coalesce(" + test + ", false)")
                .collect(Collectors.joining(" OR ", "(", ")")));
    }

    /** Mostly ascending, as a writer leaves them. */
    private static long time(int row) {
        return START + row * 7_000_000L + (row * 31L % 100) * 1_000_003L;
    }

    /** Sorted, so that row groups and pages have few values each. */
    private static String name(int row) {
        return "name " + row / 900;
    }

    private static long big(int row) {
        return row % 2 == 0 ? row * 1_000_000_007L : -row;
    }

    private void write(Path path, boolean byDuckDb, int rows) throws SQLException, IOException {
        if (byDuckDb) {
            List<String> codecs = List.of("uncompressed", "snappy", "gzip", "zstd", "lz4_raw");
            duck.run("COPY (" + TABLE.formatted(rows) + ") TO '" + path + "' (FORMAT parquet, CODEC '"
                    + codecs.get(random.nextInt(codecs.size())) + "', PARQUET_VERSION "
                    + (random.nextBoolean() ? "V1" : "V2") + ", ROW_GROUP_SIZE " + 2048 * (1 + random.nextInt(4))
                    + ")");
            return;
        }
        boolean dictionary = random.nextInt(3) > 0;
        int dictionarySize = random.nextBoolean() ? 1 << 20 : 2_000;
        CompressionCodecName codec = random.nextBoolean() ? CompressionCodecName.SNAPPY : CompressionCodecName.ZSTD;
        int perGroup = 100 + random.nextInt(20_000);
        int perPage = 20 + random.nextInt(5_000);
        GroupFile.write(
                path,
                SCHEMA,
                random.nextBoolean() ? WriterVersion.PARQUET_1_0 : WriterVersion.PARQUET_2_0,
                b -> b.withDictionaryEncoding(dictionary)
                        .withDictionaryPageSize(dictionarySize)
                        .withCompressionCodec(codec)
                        .withRowGroupRowCountLimit(perGroup)
                        .withPageRowCountLimit(perPage),
                rows,
                ParquetRowScannerPropertyTest::fill);
    }

    private static final String TABLE = """
            SELECT CASE WHEN i %% 11 <> 3
                        THEN make_timestamp(1700000000000000 + i * 7000000 + (i * 31 %% 100) * 1000003) END AS time,
              'name ' || (i // 900) AS name,
              'user-' || i AS unique_name,
              CASE WHEN i %% 3 <> 0 AND i NOT BETWEEN 5000 AND 12000 THEN 'v' || (i %% 700) END AS maybe,
              CAST(i %% 40 - 20 AS INTEGER) AS small,
              CASE WHEN i %% 2 = 0 THEN i * 1000000007 ELSE -i END AS big,
              CASE WHEN i %% 5 <> 0 THEN i %% 3 = 0 END AS flag,
              DATE '1960-01-01' + CAST(i AS INTEGER) AS day,
              CAST(i / 100.0 - 50 AS DECIMAL(9, 2)) AS price,
              CAST(i %% 17 AS DOUBLE) / 4 AS ratio
            FROM range(%d) r(i)
            """;

    private static void fill(int i, Group row) {
        if (i % 11 != 3) {
            row.add("time", time(i));
        }
        row.add("name", name(i));
        row.add("unique_name", "user-" + i);
        if (i % 3 != 0 && (i < 5000 || i > 12000)) {
            row.add("maybe", "v" + i % 700);
        }
        row.add("small", i % 40 - 20);
        row.add("big", big(i));
        if (i % 5 != 0) {
            row.add("flag", i % 3 == 0);
        }
        row.add("day", i - 3653);
        row.add("price", i - 5_000);
        row.add("ratio", i % 17 / 4.0);
    }
}
