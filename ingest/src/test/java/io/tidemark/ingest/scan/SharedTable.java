package io.tidemark.ingest.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.DeletionVector;
import io.tidemark.ingest.log.FileId;
import io.tidemark.ingest.log.TableMetadata;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A table of the shared folder, its JSON log replayed with a minimum of understanding. */
final class SharedTable {
    private static final ObjectMapper JSON = new ObjectMapper();

    final Path root;
    final Map<FileId, DataFile> live = new HashMap<>();
    List<Column> columns = List.of();
    Set<String> partitionColumns = Set.of();
    boolean idMapping;
    TableMetadata metadata;

    SharedTable(Path root) {
        this.root = root;
    }

    void apply(long version) throws IOException {
        List<DataFile> added = new ArrayList<>();
        Path commit = root.resolve("_delta_log").resolve("%020d.json".formatted(version));
        for (String line : Files.readAllLines(commit)) {
            JsonNode action = JSON.readTree(line);
            if (action.has("remove")) {
                live.remove(file(action.get("remove")).id());
            } else if (action.has("add")) {
                added.add(file(action.get("add")));
            } else if (action.has("metaData")) {
                metadata(action.get("metaData"));
            }
        }
        added.forEach(file -> live.put(file.id(), file));
    }

    private static DataFile file(JsonNode action) {
        Map<String, String> partition = new HashMap<>();
        action.path("partitionValues")
                .properties()
                .forEach(e -> partition.put(
                        e.getKey(), e.getValue().isNull() ? null : e.getValue().asText()));
        JsonNode dv = action.path("deletionVector");
        Optional<DeletionVector> vector = dv.isObject()
                ? Optional.of(new DeletionVector(
                        dv.get("storageType").asText(),
                        dv.get("pathOrInlineDv").asText(),
                        dv.has("offset") ? Optional.of(dv.get("offset").asInt()) : Optional.empty(),
                        dv.get("sizeInBytes").asInt(),
                        dv.get("cardinality").asLong()))
                : Optional.empty();
        String path = URLDecoder.decode(action.get("path").asText().replace("+", "%2B"), StandardCharsets.UTF_8);
        return new DataFile(path, vector, partition, action.path("size").asLong(), Optional.empty());
    }

    private void metadata(JsonNode metadata) throws IOException {
        idMapping = metadata.path("configuration")
                .path("delta.columnMapping.mode")
                .asText()
                .equals("id");
        Set<String> names = new HashSet<>();
        metadata.path("partitionColumns").forEach(n -> names.add(n.asText()));
        Map<String, String> configuration = new HashMap<>();
        metadata.path("configuration")
                .properties()
                .forEach(e -> configuration.put(e.getKey(), e.getValue().asText()));
        this.metadata =
                TableMetadata.parse("id", metadata.get("schemaString").asText(), List.copyOf(names), configuration);
        columns = new ArrayList<>();
        partitionColumns = new HashSet<>();
        for (JsonNode field :
                JSON.readTree(metadata.get("schemaString").asText()).get("fields")) {
            columns.add(column(field));
            if (names.contains(field.get("name").asText())) {
                partitionColumns.add(columns.get(columns.size() - 1).physicalName());
            }
        }
    }

    private static Column column(JsonNode field) {
        String name = field.get("name").asText();
        String type = field.get("type").isTextual() ? field.get("type").asText() : "nested";
        ColumnType kind = ColumnType.OTHER;
        if (type.startsWith("decimal")) {
            kind = ColumnType.DECIMAL;
        } else if (!type.equals("nested")) {
            kind = ColumnType.valueOf(type.toUpperCase(Locale.ROOT));
        }
        JsonNode metadata = field.path("metadata");
        String physical = metadata.path("delta.columnMapping.physicalName").asText(name);
        OptionalInt id = metadata.has("delta.columnMapping.id")
                ? OptionalInt.of(metadata.get("delta.columnMapping.id").asInt())
                : OptionalInt.empty();
        return new Column(name, physical, id, kind, type);
    }
}
