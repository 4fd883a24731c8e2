package io.tidemark.interop;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A version's metadata.
 *
 * @param features of readers and writers
 */
record TableState(
        String id,
        long version,
        StructType schema,
        List<String> partitions,
        Map<String, String> properties,
        Set<String> features) {

    Optional<StructField> column(String name) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.name().equalsIgnoreCase(name))
                .findFirst();
    }

    boolean has(String column) {
        return column(column).isPresent();
    }

    /** Name in data files. */
    String physicalName(StructField field) {
        return field.metadata().contains("delta.columnMapping.physicalName")
                ? field.metadata().getString("delta.columnMapping.physicalName")
                : field.name();
    }

    boolean mapped() {
        return !properties.getOrDefault("delta.columnMapping.mode", "none").equals("none");
    }

    boolean on(String property) {
        return properties.getOrDefault(property, "false").equals("true");
    }

    boolean clustered() {
        return features.contains("clustering");
    }

    List<String> columnsOutsidePartitions() {
        return Arrays.stream(schema.fieldNames())
                .filter(name -> !partitions.contains(name))
                .toList();
    }
}
