package io.tidemark.views.query;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnMismatchException;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.scan.RowFilter;
import io.tidemark.ingest.scan.RowScanner;
import io.tidemark.views.analysis.CohortQuery;
import io.tidemark.views.analysis.CohortTable;
import io.tidemark.views.analysis.CohortTally;
import io.tidemark.views.analysis.FunnelQuery;
import io.tidemark.views.analysis.FunnelTally;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import io.tidemark.views.cube.Filter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** Analyses of whole histories of ids: scans of every file that may have rows that pass. */
final class Analyses {
    private static final Set<ColumnType> NO_IDS =
            EnumSet.of(ColumnType.FLOAT, ColumnType.DOUBLE, ColumnType.BINARY, ColumnType.OTHER);

    private final CubeSpec spec;
    private final FilterColumns filters;
    private final RowScanner scanner;

    Analyses(CubeSpec spec, FilterColumns filters, RowScanner scanner) {
        this.spec = spec;
        this.filters = filters;
        this.scanner = scanner;
    }

    /**
     * How many distinct values of the distinct column reached each step.
     *
     * @throws ColumnMismatchException if the table has no such columns
     * @throws RuntimeException as {@link TimedRows#read}
     */
    Analysed<List<Long>> funnel(VersionFiles files, FunnelQuery query, Filter filter, Scan scan) {
        TableMetadata metadata = files.metadata();
        Dimension dimension = spec.dimensions().stream()
                .filter(d -> d.name().equals(query.dimension()))
                .findFirst()
                .orElseThrow();
        Column steps = column(files, dimension.column());
        Column id = idColumn(files, spec.distinctColumn().orElseThrow());
        requireTime(files);
        Map<String, Integer> values = new HashMap<>();
        query.values().forEach(value -> values.put(value, values.size()));
        RowFilter passing = filters.rows(filter, metadata);
        List<RowFilter.Condition> conditions = new ArrayList<>(passing.conditions());
        // What is no step need not be decoded, nor a row group that has none.
        conditions.add(new RowFilter.Condition(Optional.of(steps), values.keySet(), false));
        FunnelTally tally = new FunnelTally(query);
        try (TimedRows rows = new TimedRows(scanner, of(tally), scan)) {
            rows.read(
                    files,
                    new TimedRows.Wanted(
                            HourRange.of(filter),
                            new RowFilter(passing.from(), passing.to(), conditions),
                            filters.projection(id.equals(steps) ? List.of(id) : List.of(id, steps), metadata),
                            values));
            List<Long> reached = LongStream.of(tally.reached()).boxed().toList();
            return analysed(files, reached, rows);
        }
    }

    /**
     * In which units of time ids were first seen, and seen again.
     *
     * @throws ColumnMismatchException if the table has no such columns
     * @throws io.tidemark.views.analysis.TooManyPeriodsException if the rows lie in more units than a table may have
     * @throws RuntimeException as {@link TimedRows#read}
     */
    Analysed<CohortTable> cohorts(VersionFiles files, CohortQuery query, Filter filter, Scan scan) {
        Column id = idColumn(files, query.of());
        requireTime(files);
        CohortTally tally = new CohortTally(query.unit());
        try (TimedRows rows = new TimedRows(scanner, of(tally), scan)) {
            rows.read(
                    files,
                    new TimedRows.Wanted(
                            HourRange.of(filter),
                            filters.rows(filter, files.metadata()),
                            filters.projection(List.of(id), files.metadata()),
                            Map.of()));
            return analysed(files, tally.table(), rows);
        }
    }

    private static <T> Analysed<T> analysed(VersionFiles files, T found, TimedRows rows) {
        return new Analysed<>(files.version(), files.epoch(), files.committedAt(), found, rows.leftOut());
    }

    private static Column column(VersionFiles files, String name) {
        return files.metadata()
                .column(name)
                .orElseThrow(() -> new ColumnMismatchException("[version " + files.version()
                        + "] The table has no column '" + name + "'; /api/v1/schema tells which it has."));
    }

    private static Column idColumn(VersionFiles files, String name) {
        Column column = column(files, name);
        if (column.type().isNested() || NO_IDS.contains(column.type())) {
            throw new ColumnMismatchException("[version " + files.version() + "] Column '" + column.name()
                    + "' is of type " + column.typeName() + "; ids are texts, whole numbers, dates or times.");
        }
        return column;
    }

    private void requireTime(VersionFiles files) {
        column(files, spec.timeColumn().orElseThrow());
    }

    private static TimedRows.Tally of(FunnelTally tally) {
        return new TimedRows.Tally() {
            @Override
            public void add(int id, long micros, int value) {
                tally.add(id, micros, value);
            }

            @Override
            public long heapBytes() {
                return tally.heapBytes();
            }
        };
    }

    private static TimedRows.Tally of(CohortTally tally) {
        return new TimedRows.Tally() {
            @Override
            public void add(int id, long micros, int value) {
                tally.add(id, micros);
            }

            @Override
            public long heapBytes() {
                return tally.heapBytes();
            }
        };
    }
}
