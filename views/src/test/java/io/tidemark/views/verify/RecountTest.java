package io.tidemark.views.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.generate.Generate;
import io.tidemark.ingest.generate.GenerateOptions;
import io.tidemark.ingest.log.TableException;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecountTest {
    private static final CubeSpec EVENTS = new CubeSpec(
            Optional.of("timestamp"),
            List.of(
                    new Dimension("channel", "channel"),
                    new Dimension("type", "event_type"),
                    new Dimension("platform", "platform"),
                    new Dimension("category", "event_category")),
            Optional.of("session_id"));

    private static Connection duckDb;

    @TempDir
    static Path table;

    @BeforeAll
    static void generateATable() throws Exception {
        Generate.run(
                new GenerateOptions(
                        table.toString(),
                        new Configuration(),
                        40_000,
                        9_000,
                        0,
                        50,
                        Instant.parse("2026-03-04T12:20:00Z"),
                        3_000,
                        17),
                line -> {},
                () -> false);
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
        duckDb.createStatement().execute("CREATE VIEW events AS FROM read_parquet('" + table + "/*.parquet')");
    }

    @AfterAll
    static void close() throws SQLException {
        duckDb.close();
    }

    @Test
    void everyCellIsWhatDuckDbCounts() throws Exception {
        Recount.Result counted = recount(EVENTS, 4);

        Cells expected = new Cells();
        totals(expected);
        put(
                expected,
                "hourly",
                "SELECT strftime(timezone('UTC', date_trunc('hour', \"timestamp\")), '%Y-%m-%dT%H:%M:%SZ'), NULL, count(*)",
                1);
        put(expected, "channel", "SELECT channel, NULL, count(*)", 1);
        put(expected, "type", "SELECT event_type, NULL, count(*)", 1);
        put(expected, "platform", "SELECT platform, NULL, count(*)", 1);
        put(expected, "category", "SELECT event_category, NULL, count(*)", 1);
        put(expected, "heatmap", "SELECT channel, event_type, count(*)", 2);
        Comparison comparison = Comparison.of(counted.cells(), expected, 10);
        assertThat(comparison.first()).isEmpty();
        assertThat(comparison.cells()).isEqualTo(counted.cells().size()).isGreaterThan(150);
        assertThat(counted.rows()).isEqualTo(40_000);
        assertThat(counted.listing().reader()).isEqualTo("Delta Standalone");
    }

    @Test
    void anOldVersionIsCountedAsItWas() throws Exception {
        assertThat(recount(EVENTS, 1).rows()).isEqualTo(18_000);
    }

    @Test
    void aColumnThatTheTableLacksIsNullInEveryRow() throws Exception {
        CubeSpec spec =
                new CubeSpec(Optional.of("no_time"), List.of(new Dimension("shop", "shop")), Optional.of("no_session"));

        Cells cells = recount(spec, 4).cells();

        assertThat(cells.count("shop", java.util.Arrays.asList((String) null))).isEqualTo(40_000);
        assertThat(cells.count("totals", List.of("noTime"))).isEqualTo(40_000);
        assertThat(cells.count("totals", List.of("sessions"))).isZero();
        assertThat(cells.groups("hourly")).isEmpty();
    }

    @Test
    void oneColumnMayHaveSeveralUses() throws Exception {
        CubeSpec spec = new CubeSpec(
                Optional.empty(),
                List.of(new Dimension("a", "channel"), new Dimension("b", "CHANNEL")),
                Optional.of("channel"));

        Cells cells = recount(spec, 4).cells();

        assertThat(cells.groups("a")).isEqualTo(cells.groups("b"));
        assertThat(cells.count("totals", List.of("sessions")))
                .isEqualTo(cells.groups("a").size());
    }

    @Test
    void aColumnThatCannotBeCountedIsNamedWithTheFile() {
        CubeSpec spec =
                new CubeSpec(Optional.empty(), List.of(new Dimension("value", "interaction_value")), Optional.empty());

        assertThatThrownBy(() -> recount(spec, 4))
                .isInstanceOf(TableException.class)
                .hasMessageContaining(".parquet]")
                .hasMessageContaining("Column 'interaction_value'");
    }

    @Test
    void aMissingFileIsNamed(@TempDir Path copy) throws Exception {
        Generate.run(
                new GenerateOptions(
                        copy.toString(),
                        new Configuration(),
                        10,
                        10,
                        0,
                        1,
                        Instant.parse("2026-03-04T12:20:00Z"),
                        0,
                        1),
                line -> {},
                () -> false);
        try (Stream<Path> files = Files.list(copy)) {
            Files.delete(files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow());
        }

        assertThatThrownBy(() -> new Recount(options(copy, EVENTS), line -> {}).at(0))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("part-")
                .hasMessageNotContaining(copy.toString());
    }

    private static Recount.Result recount(CubeSpec spec, long version) throws IOException {
        return new Recount(options(table, spec), line -> {}).at(version);
    }

    private static VerifyOptions options(Path root, CubeSpec spec) throws IOException {
        NoServiceReaders none = new NoServiceReaders();
        return VerifyOptions.of(root.toString(), new Configuration(), spec, none, none);
    }

    private static void totals(Cells expected) throws SQLException {
        try (ResultSet row = duckDb.createStatement()
                .executeQuery(
                        "SELECT count(*), count(*) FILTER (\"timestamp\" IS NULL),"
                                + " count(DISTINCT session_id) FILTER (session_id <> ''), count(DISTINCT channel),"
                                + " count(DISTINCT event_type), count(DISTINCT platform), count(DISTINCT event_category) FROM events")) {
            row.next();
            expected.put("totals", row.getLong(1), "events");
            expected.put("totals", row.getLong(2), "noTime");
            expected.put("totals", row.getLong(3), "sessions");
            expected.put("totals", row.getLong(4), "values", "channel");
            expected.put("totals", row.getLong(5), "values", "type");
            expected.put("totals", row.getLong(6), "values", "platform");
            expected.put("totals", row.getLong(7), "values", "category");
        }
    }

    private static void put(Cells expected, String view, String select, int columns) throws SQLException {
        try (ResultSet rows = duckDb.createStatement().executeQuery(select + " FROM events GROUP BY ALL")) {
            while (rows.next()) {
                if (columns == 1) {
                    expected.put(view, rows.getLong(3), rows.getString(1));
                } else {
                    expected.put(view, rows.getLong(3), rows.getString(1), rows.getString(2));
                }
            }
        }
    }
}
