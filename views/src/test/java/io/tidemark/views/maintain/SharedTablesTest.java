package io.tidemark.views.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.DeltaTableLog;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Tables that others wrote, followed from the log to the views; skipped where {@code -Dtidemark.tables} is not set. */
class SharedTablesTest {
    private static final String TABLES = System.getProperty("tidemark.tables", "");
    private static final Set<ColumnType> TIMES =
            Set.of(ColumnType.TIMESTAMP, ColumnType.TIMESTAMP_NTZ, ColumnType.DATE);
    private static final Set<ColumnType> VALUES = Set.of(
            ColumnType.STRING,
            ColumnType.BYTE,
            ColumnType.SHORT,
            ColumnType.INTEGER,
            ColumnType.LONG,
            ColumnType.DECIMAL,
            ColumnType.BOOLEAN,
            ColumnType.DATE);

    @TempDir
    private Path directory;

    @Test
    void theTablesAreThere() {
        assumeTrue(!TABLES.isEmpty(), "-Dtidemark.tables is not set");

        assertThat(oracle()).hasSizeGreaterThan(30);
    }

    @TestFactory
    Stream<DynamicTest> tailingFromTheFirstVersionGivesTheRowsOfEachVersion() {
        return eachTable(table -> {
            try (Followed followed = table.follow(table.first(), directory.resolve("tail"))) {
                for (long version : table.rows.keySet()) {
                    table.log.growTo(version);
                    table.check(followed, version);
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> startingFromTheSnapshotInTheMiddleGivesTheSameRows() {
        return eachTable(table -> {
            long middle = table.first() + (table.last() - table.first() + 1) / 2;
            try (Followed followed = table.follow(middle, directory.resolve("middle"))) {
                for (long version : table.rows.tailMap(middle).keySet()) {
                    table.log.growTo(version);
                    table.check(followed, version);
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> restartingBeforeEachVersionGivesTheSameRows() {
        return eachTable(table -> {
            try (Followed followed = table.follow(table.first(), directory.resolve("restart"))) {
                for (long version : table.rows.keySet()) {
                    followed.restart();
                    table.log.growTo(version);
                    table.check(followed, version);
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> catchingUpInGroupsGivesTheViewsOfAFreshStart() {
        return eachTable(table -> {
            try (Followed followed = table.follow(table.first(), directory.resolve("group"))) {
                followed.settleOrStop();
                table.log.growTo(table.last());
                table.check(followed, table.last());
                if (table.rows.get(table.last()).isPresent()) {
                    try (Followed fresh = table.follow(table.last(), directory.resolve("fresh"))) {
                        fresh.settle();
                        assertThat(followed.rollUp()).isEqualTo(fresh.rollUp());
                        assertThat(followed.state().distinct())
                                .isEqualTo(fresh.state().distinct());
                        assertThat(followed.state().files())
                                .isEqualTo(fresh.state().files());
                    }
                }
            }
        });
    }

    private interface Check {
        void run(Table table) throws IOException;
    }

    private static Stream<DynamicTest> eachTable(Check check) {
        return oracle().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    try (TableFiles files = new LocalTableFiles(Path.of(TABLES, entry.getKey()))) {
                        check.run(new Table(entry.getKey(), files, entry.getValue()));
                    }
                }));
    }

    /** Rows by version, for each table; empty where nobody knows. */
    private static Map<String, TreeMap<Long, OptionalLong>> oracle() {
        Map<String, TreeMap<Long, OptionalLong>> tables = new TreeMap<>();
        if (TABLES.isEmpty()) {
            return tables;
        }
        try (Stream<String> lines = Files.lines(Path.of(TABLES, "versions.csv"))) {
            lines.skip(1).map(line -> line.split(",", -1)).forEach(row -> {
                String table = row[0].equals("dat") ? "dat/" + row[1] : row[1];
                String rows = row[row.length - 1];
                tables.computeIfAbsent(table, t -> new TreeMap<>())
                        .put(
                                Long.parseLong(row[2]),
                                rows.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(rows)));
            });
            return tables;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Table {
        private final String name;
        private final TableFiles files;
        private final TreeMap<Long, OptionalLong> rows;
        private final CappedLog log;
        private final CubeSpec spec;

        Table(String name, TableFiles files, TreeMap<Long, OptionalLong> rows) {
            this.name = name;
            this.files = files;
            this.rows = rows;
            DeltaTableLog whole = new DeltaTableLog(files);
            this.log = new CappedLog(whole, rows.firstKey());
            this.spec = spec(whole, rows.lastKey());
        }

        long first() {
            return rows.firstKey();
        }

        long last() {
            return rows.lastKey();
        }

        Followed follow(long from, Path directory) {
            log.growTo(from);
            return new Followed(directory.resolve(name.replace('/', '-')), log, files, spec);
        }

        void check(Followed followed, long version) {
            Optional<String> stopped = followed.settleOrStop();
            OptionalLong expected = rows.get(version);
            if (stopped.isPresent()) {
                assertThat(expected)
                        .as("stopped at %d: %s", version, stopped.get())
                        .isEmpty();
                assertThat(stopped.get()).hasSizeGreaterThan(20);
                assertThat(followed.hasState() ? followed.state().version() : -1)
                        .as("stays before what it cannot read")
                        .isLessThan(version);
                return;
            }
            assertThat(followed.state().version()).isEqualTo(version);
            assertThat(followed.rollUp().rows()).as("version %d", version).isEqualTo(expected.orElseThrow());
        }
    }

    /** A cube over columns that stay the same through a table's whole history. */
    private static CubeSpec spec(DeltaTableLog log, long last) {
        List<TableMetadata> history = new ArrayList<>();
        for (long version = 0; version <= last; version++) {
            try {
                log.commit(version).flatMap(Commit::metadata).ifPresent(history::add);
            } catch (TableException e) {
                // The check of its version says what it thinks of it.
                continue;
            }
        }
        Optional<Column> time = stable(history, TIMES::contains).stream().findFirst();
        List<Column> values = stable(history, VALUES::contains);
        return new CubeSpec(
                time.map(Column::name),
                values.stream()
                        .limit(3)
                        .map(column -> new Dimension(column.name(), column.name()))
                        .toList(),
                values.stream().findFirst().map(Column::name));
    }

    private static List<Column> stable(List<TableMetadata> history, Predicate<ColumnType> types) {
        if (history.isEmpty()) {
            return List.of();
        }
        return history.get(0).columns().stream()
                .filter(column -> types.test(column.type()))
                .filter(column -> history.stream()
                        .allMatch(metadata -> metadata.column(column.name()).equals(Optional.of(column))))
                .toList();
    }
}
