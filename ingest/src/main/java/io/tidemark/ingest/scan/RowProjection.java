package io.tidemark.ingest.scan;

import io.tidemark.ingest.log.Column;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The columns to read of the rows that match.
 *
 * @param columns whose values are wanted, in this order; may be empty where only times and positions are
 * @param time the column whose microseconds are wanted, and which a filter's range is about; empty = no row has a time
 * @param partitionColumns physical names of those columns that are taken from the file's partition values
 * @param byFieldId true if columns are found in a file by Parquet field id instead of by physical name
 */
public record RowProjection(
        List<Column> columns, Optional<Column> time, Set<String> partitionColumns, boolean byFieldId) {
    public RowProjection {
        columns = List.copyOf(columns);
        Objects.requireNonNull(time, "time");
        partitionColumns = Set.copyOf(partitionColumns);
    }
}
