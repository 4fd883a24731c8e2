package io.tidemark.ingest.log;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A table's metadata at one version.
 *
 * @param id the table's unique id; another id under the same path is another table
 * @param schemaString the schema as the log has it, JSON; kept so that metadata can be stored and parsed again
 * @param columns top level, in the schema's order; unmodifiable
 * @param partitionColumns names (not physical names) of the partition columns; unmodifiable
 * @param configuration table properties; unmodifiable
 * @param idMapping true if data files are matched by Parquet field id (column mapping mode {@code id})
 */
public record TableMetadata(
        String id,
        String schemaString,
        List<Column> columns,
        List<String> partitionColumns,
        Map<String, String> configuration,
        boolean idMapping) {
    public TableMetadata {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(schemaString, "schemaString");
        columns = List.copyOf(columns);
        partitionColumns = List.copyOf(partitionColumns);
        configuration = Map.copyOf(configuration);
    }

    /**
     * Reads the schema string; the mapping mode comes from the table property {@code delta.columnMapping.mode}.
     *
     * @throws TableException if the schema string is not a schema
     */
    public static TableMetadata parse(
            String id, String schemaString, List<String> partitionColumns, Map<String, String> configuration) {
        throw new UnsupportedOperationException("written with the log reader");
    }

    /** Column names match as Delta matches them: without regard to case. */
    public Optional<Column> column(String name) {
        return columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
    }

    public boolean isPartitionColumn(Column column) {
        return partitionColumns.stream().anyMatch(column.name()::equalsIgnoreCase);
    }
}
