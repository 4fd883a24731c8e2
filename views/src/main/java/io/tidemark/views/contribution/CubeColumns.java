package io.tidemark.views.contribution;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnMismatchException;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.scan.Projection;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a cube's columns are in a table, under one metadata.
 *
 * @param time empty if the cube has none, or the table does not have it
 * @param dimensions in the cube's order; an empty entry is a column that the table does not have
 * @param distinct empty if the cube has none, or the table does not have it
 * @param projection of the columns that the table has, each once
 */
public record CubeColumns(
        Optional<Column> time, List<Optional<Column>> dimensions, Optional<Column> distinct, Projection projection) {
    private static final Set<ColumnType> TIMES =
            EnumSet.of(ColumnType.TIMESTAMP, ColumnType.TIMESTAMP_NTZ, ColumnType.DATE);
    private static final Set<ColumnType> VALUES = EnumSet.of(
            ColumnType.STRING,
            ColumnType.BYTE,
            ColumnType.SHORT,
            ColumnType.INTEGER,
            ColumnType.LONG,
            ColumnType.DECIMAL,
            ColumnType.BOOLEAN,
            ColumnType.DATE,
            ColumnType.TIMESTAMP,
            ColumnType.TIMESTAMP_NTZ);

    public CubeColumns {
        dimensions = List.copyOf(dimensions);
    }

    /** @throws ColumnMismatchException if a column is there and has a type that cannot be counted */
    public static CubeColumns of(CubeSpec spec, TableMetadata table) {
        Optional<Column> time = spec.timeColumn().flatMap(table::column);
        time.ifPresent(column -> require(column, TIMES, "the time column", "timestamp, timestamp_ntz or date"));
        List<Optional<Column>> dimensions = new ArrayList<>();
        for (Dimension dimension : spec.dimensions()) {
            Optional<Column> column = table.column(dimension.column());
            column.ifPresent(c -> requireValues(c, "dimension '" + dimension.name() + "'"));
            dimensions.add(column);
        }
        Optional<Column> distinct = spec.distinctColumn().flatMap(table::column);
        distinct.ifPresent(c -> requireValues(c, "the distinct count"));
        return new CubeColumns(time, dimensions, distinct, projection(table, time, dimensions, distinct));
    }

    /** Number of a column among the projection's values. */
    int valueIndex(Column column) {
        return projection.values().indexOf(Optional.of(column));
    }

    private static Projection projection(
            TableMetadata table, Optional<Column> time, List<Optional<Column>> dimensions, Optional<Column> distinct) {
        List<Optional<Column>> values = new ArrayList<>(dimensions);
        values.add(distinct);
        values = values.stream().filter(Optional::isPresent).distinct().collect(Collectors.toList());
        Set<String> partitions = new HashSet<>();
        List<Optional<Column>> all = new ArrayList<>(values);
        all.add(time);
        for (Optional<Column> column : all) {
            column.filter(table::isPartitionColumn).map(Column::physicalName).ifPresent(partitions::add);
        }
        return new Projection(time, values, partitions, table.idMapping());
    }

    private static void requireValues(Column column, String user) {
        require(
                column,
                VALUES,
                user,
                "string, byte, short, integer, long, decimal, boolean, date, timestamp or timestamp_ntz");
    }

    private static void require(Column column, Set<ColumnType> types, String user, String needed) {
        if (!types.contains(column.type())) {
            throw new ColumnMismatchException("Column '" + column.name() + "' is of type " + column.typeName() + "; "
                    + user + " needs " + needed + ". Configure another column.");
        }
    }
}
