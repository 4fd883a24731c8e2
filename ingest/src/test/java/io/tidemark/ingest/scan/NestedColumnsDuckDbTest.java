package io.tidemark.ingest.scan;

import static io.tidemark.ingest.scan.NestedRows.array;
import static io.tidemark.ingest.scan.NestedRows.field;
import static io.tidemark.ingest.scan.NestedRows.map;
import static io.tidemark.ingest.scan.NestedRows.struct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Structs, arrays and maps in files that DuckDB writes: what the scan makes of them, DuckDB reads as the same values. */
class NestedColumnsDuckDbTest {
    private static final int ROWS = 4500;
    private static final List<Column> COLUMNS = NestedRows.columns(
            Map.of(),
            field("id", "\"long\""),
            field("name", "\"string\""),
            field(
                    "s",
                    struct(
                            field("a", "\"long\""),
                            field("text", "\"string\""),
                            field("inner", struct(field("x", "\"double\""), field("day", "\"date\""))))),
            field("list", array("\"integer\"")),
            field("words", map("\"string\"", "\"string\"")),
            field("prices", map("\"integer\"", "\"decimal(20,2)\"")),
            field(
                    "deep",
                    array(struct(field("moment", "\"timestamp\""), field("flags", array(array("\"boolean\"")))))));
    private static final String TYPES = "{id: 'BIGINT', name: 'VARCHAR', "
            + "s: 'STRUCT(a BIGINT, text VARCHAR, \"inner\" STRUCT(x DOUBLE, day DATE))', list: 'INTEGER[]', "
            + "words: 'MAP(VARCHAR, VARCHAR)', prices: 'MAP(INTEGER, DECIMAL(20,2))', "
            + "deep: 'STRUCT(moment TIMESTAMPTZ, flags BOOLEAN[][])[]'}";

    /** Columns are read in small pieces, not with the whole file. */
    private static final ScanLimits SMALL_READS =
            new ScanLimits(0, 1 << 12, 1 << 24, 1 << 26, 1 << 16, 1 << 28, 1 << 20, 1);

    private static DuckDb duck;

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeTable() throws SQLException {
        duck = new DuckDb();
        duck.run("""
                CREATE TABLE t AS SELECT
                  i AS id, 'n' || i // 300 AS name,
                  CASE WHEN i % 7 = 0 THEN NULL ELSE {
                    'a': CASE WHEN i % 3 = 0 THEN NULL ELSE i * 1000000007 - 40000000000 END::BIGINT,
                    'text': [NULL, '', 'say "so"', 'two' || chr(13) || chr(10) || 'lines', 'Ünïcödé ☂ 😀', 'back\\slash',
                        chr(1) || chr(31) || chr(9)][1 + i % 7],
                    'inner': CASE WHEN i % 5 = 0 THEN NULL ELSE
                        {'x': CASE i % 4 WHEN 0 THEN 1e300 WHEN 1 THEN -i / 7 ELSE i END::DOUBLE,
                         'day': DATE '1860-02-28' + i::INTEGER} END} END AS s,
                  CASE WHEN i % 5 = 0 THEN NULL WHEN i % 5 = 1 THEN [] WHEN i % 5 = 2 THEN [NULL]
                    ELSE [x::INTEGER for x in range(i % 40)] END::INTEGER[] AS list,
                  CASE WHEN i % 6 = 0 THEN NULL WHEN i % 6 = 1 THEN MAP {} ELSE
                    MAP {'k' || i: CASE WHEN i % 2 = 0 THEN NULL ELSE 'v' || i END, '"': ''} END::MAP(VARCHAR, VARCHAR) AS words,
                  MAP {i: i::DECIMAL(20, 2) / 4, -i - 1: NULL}::MAP(INTEGER, DECIMAL(20, 2)) AS prices,
                  CASE WHEN i % 4 = 0 THEN NULL ELSE [
                    {'moment': make_timestamptz(i * 3333333333333 - 999999999999999), 'flags': [[true, NULL], [], NULL]}, NULL,
                    {'moment': NULL, 'flags': CASE WHEN i % 8 = 1 THEN NULL ELSE [[i % 3 = 0]] END}] END
                    ::STRUCT(moment TIMESTAMPTZ, flags BOOLEAN[][])[] AS deep
                FROM range(ROWS) r(i)
                """.replace("ROWS", Integer.toString(ROWS)));
    }

    @AfterAll
    static void close() throws SQLException {
        duck.close();
    }

    private static Path written(String codec) throws SQLException {
        Path file = folder.resolve("nested-" + codec + ".parquet");
        if (!Files.exists(file)) {
            duck.run("COPY t TO '" + file + "' (FORMAT parquet, ROW_GROUP_SIZE 2048, CODEC '" + codec + "')");
        }
        return file;
    }

    /** What DuckDB makes of rows as JSON. */
    private static List<String> read(List<String> rows) throws IOException, SQLException {
        Path file = Files.write(folder.resolve("rows.ndjson"), rows);
        return duck.rows("SELECT * FROM read_json('" + file + "', format = 'newline_delimited', columns = " + TYPES
                + ", maximum_object_size = 10000000)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uncompressed", "snappy", "zstd", "gzip", "lz4_raw"})
    void nestedValuesAreThoseThatDuckDbWrote(String codec) throws Exception {
        Path file = written(codec);
        List<String> rows = NestedRows.scan(
                ScannedRows.scanner(file, codec.equals("snappy") ? SMALL_READS : ScanLimits.standard()),
                Scanned.file(file),
                NestedRows.projection(COLUMNS, false),
                RowFilter.ALL);

        assertThat(read(rows)).isEqualTo(duck.rows("SELECT * FROM t"));
    }

    @Test
    void aFilterKeepsNestedValuesWithTheirRows() throws Exception {
        Path file = written("zstd");
        RowFilter filter =
                ScannedRows.filter(new RowFilter.Condition(Optional.of(COLUMNS.get(1)), Set.of("n3", "n11"), false));

        for (ScanLimits limits : List.of(SMALL_READS, ScanLimits.standard())) {
            List<String> rows = NestedRows.scan(
                    ScannedRows.scanner(file, limits),
                    Scanned.file(file),
                    NestedRows.projection(COLUMNS, false),
                    filter);

            assertThat(read(rows)).isEqualTo(duck.rows("SELECT * FROM t WHERE name IN ('n3', 'n11')"));
        }
    }

    @Test
    void rowsAtPositionsHaveTheirNestedValues() throws Exception {
        long seed = Long.getLong("tidemark.seed", System.nanoTime());
        System.out.println("NestedColumnsDuckDbTest: -Dtidemark.seed=" + seed);
        Random random = new Random(seed);
        Path file = written("snappy");
        TreeSet<Long> ids = new TreeSet<>();
        for (int i = 0; i < 40; i++) {
            ids.add((long) random.nextInt(ROWS));
        }
        List<String> rows = NestedRows.fetch(
                ScannedRows.scanner(file, SMALL_READS),
                Scanned.file(file),
                NestedRows.projection(COLUMNS, false),
                ids.stream().mapToLong(Long::longValue).toArray());

        assertThat(read(rows))
                .isEqualTo(duck.rows("SELECT * FROM t WHERE id IN ("
                        + String.join(",", ids.stream().map(String::valueOf).toList()) + ") ORDER BY id"));
    }

    @Test
    void nestedColumnsCanBeAskedForAloneAndInAnyOrder() throws Exception {
        Path file = written("zstd");
        List<Column> some = List.of(COLUMNS.get(5), COLUMNS.get(3));

        List<String> rows = NestedRows.scan(
                ScannedRows.scanner(file, ScanLimits.standard()),
                Scanned.file(file),
                NestedRows.projection(some, false),
                RowFilter.ALL);

        assertThat(rows).hasSize(ROWS);
        assertThat(rows.get(8)).isEqualTo("{\"prices\":{\"8\":2.00,\"-9\":null},\"list\":[0,1,2,3,4,5,6,7]}");
    }

    @Test
    void aScanThatIsCancelledReadsNoFurther() throws Exception {
        Path file = written("snappy");
        ScanControl control = new ScanControl();
        List<Integer> batches = new ArrayList<>();
        DataFile data = Scanned.file(file);
        RowScanner scanner = ScannedRows.scanner(file, SMALL_READS);

        assertThatThrownBy(() -> scanner.scan(
                        data,
                        NestedRows.projection(COLUMNS, false),
                        RowFilter.ALL,
                        batch -> {
                            batches.add(batch.rows());
                            control.cancel();
                            return true;
                        },
                        control))
                .isInstanceOf(ScanCancelledException.class);
        assertThat(batches).hasSize(1);
    }
}
