package io.tidemark.views.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.log.TableMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A table's metadata, out of a {@code metaData} action.
 *
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#change-metadata">Delta protocol</a>
 */
final class LoggedSchema {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MAPPING = "delta.columnMapping.";

    private LoggedSchema() {}

    static TableMetadata of(JsonNode metaData) {
        Map<String, String> configuration = new HashMap<>();
        metaData.path("configuration")
                .fields()
                .forEachRemaining(entry ->
                        configuration.put(entry.getKey(), entry.getValue().asText()));
        List<String> partitionColumns = new ArrayList<>();
        metaData.path("partitionColumns").forEach(name -> partitionColumns.add(name.asText()));
        String mapping = configuration.getOrDefault(MAPPING + "mode", "none").toLowerCase(Locale.ROOT);
        return new TableMetadata(
                metaData.path("id").asText(),
                "",
                columns(metaData.path("schemaString").asText(), !mapping.equals("none")),
                partitionColumns,
                configuration,
                mapping.equals("id"));
    }

    private static List<Column> columns(String schema, boolean mapped) {
        try {
            List<Column> columns = new ArrayList<>();
            for (JsonNode field : JSON.readTree(schema).path("fields")) {
                String name = field.path("name").asText();
                JsonNode type = field.path("type");
                String typeName =
                        type.isTextual() ? type.asText() : type.path("type").asText();
                JsonNode physicalName = field.path("metadata").path(MAPPING + "physicalName");
                JsonNode id = field.path("metadata").path(MAPPING + "id");
                columns.add(new Column(
                        name,
                        mapped && physicalName.isTextual() ? physicalName.asText() : name,
                        mapped && id.isIntegralNumber() ? OptionalInt.of(id.intValue()) : OptionalInt.empty(),
                        type(typeName),
                        typeName));
            }
            return columns;
        } catch (JsonProcessingException e) {
            throw new TableException("The table's schema is not JSON.", e);
        }
    }

    /** @param name as a schema writes it */
    static ColumnType type(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.startsWith("DECIMAL")) {
            return ColumnType.DECIMAL;
        }
        try {
            return ColumnType.valueOf(upper);
        } catch (IllegalArgumentException e) {
            return ColumnType.OTHER;
        }
    }
}
