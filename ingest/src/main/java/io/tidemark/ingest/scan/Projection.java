package io.tidemark.ingest.scan;

import io.tidemark.ingest.log.Column;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The columns to read of every file, and in which form.
 *
 * @param hour the column whose hours are wanted; empty = every row has no time
 * @param values the columns whose values are wanted as dictionary ids; an empty entry is a column that the table does not
 *     have: every row is null there
 * @param partitionColumns physical names of those columns that are taken from the file's partition values
 * @param byFieldId true if columns are found in a file by Parquet field id instead of by physical name
 */
public record Projection(
        Optional<Column> hour, List<Optional<Column>> values, Set<String> partitionColumns, boolean byFieldId) {
    public Projection {
        Objects.requireNonNull(hour, "hour");
        values = List.copyOf(values);
        partitionColumns = Set.copyOf(partitionColumns);
    }
}
