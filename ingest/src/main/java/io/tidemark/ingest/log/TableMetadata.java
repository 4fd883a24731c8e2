package io.tidemark.ingest.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

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
        String mode =
                configuration.getOrDefault("delta.columnMapping.mode", "none").toLowerCase(Locale.ROOT);
        if (!Set.of("none", "name", "id").contains(mode)) {
            throw new TableException("Column mapping mode '" + mode + "' is not known. Known: none, name, id.");
        }
        try {
            List<Column> columns = new SchemaParser(!mode.equals("none")).parse(schemaString);
            return new TableMetadata(id, schemaString, columns, partitionColumns, configuration, mode.equals("id"));
        } catch (JsonProcessingException e) {
            throw new TableException("The table's schema is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new TableException("The table's schema cannot be read.", e);
        }
    }

    /** Column names match as Delta matches them: without regard to case. */
    public Optional<Column> column(String name) {
        return columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
    }

    public boolean isPartitionColumn(Column column) {
        return partitionColumns.stream().anyMatch(column.name()::equalsIgnoreCase);
    }
}
