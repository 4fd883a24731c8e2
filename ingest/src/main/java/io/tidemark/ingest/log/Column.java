package io.tidemark.ingest.log;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * One top-level column of a table.
 *
 * @param name as users see it
 * @param physicalName as data files and partition values have it; the same as {@code name} without column mapping
 * @param fieldId Parquet field id under column mapping
 * @param type what Tidemark makes of the type
 * @param typeName the type as the schema writes it, for messages: {@code decimal(10,2)}, {@code struct}
 */
public record Column(String name, String physicalName, OptionalInt fieldId, ColumnType type, String typeName) {
    public Column {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(physicalName, "physicalName");
        Objects.requireNonNull(fieldId, "fieldId");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(typeName, "typeName");
    }
}
