package io.tidemark.ingest.log;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * One column of a table, or a part of a nested one.
 *
 * @param name as users see it
 * @param physicalName as data files and partition values have it; the same as {@code name} without column mapping
 * @param fieldId Parquet field id under column mapping
 * @param type what Tidemark makes of the type
 * @param typeName the type as the schema writes it, for messages: {@code decimal(10,2)}, {@code array<integer>}; of a large nested
 *     type only its kind
 * @param children the fields of a struct, the {@code element} of an array, {@code key} and {@code value} of a map; else empty
 */
public record Column(
        String name,
        String physicalName,
        OptionalInt fieldId,
        ColumnType type,
        String typeName,
        List<Column> children) {
    public Column {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(physicalName, "physicalName");
        Objects.requireNonNull(fieldId, "fieldId");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(typeName, "typeName");
        children = List.copyOf(children);
    }

    /** A column that is not nested. */
    public Column(String name, String physicalName, OptionalInt fieldId, ColumnType type, String typeName) {
        this(name, physicalName, fieldId, type, typeName, List.of());
    }
}
