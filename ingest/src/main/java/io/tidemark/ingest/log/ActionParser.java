package io.tidemark.ingest.log;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidemark.ingest.files.PathOutsideTableException;
import io.tidemark.ingest.files.TableFiles;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One line of a commit, as a stream.
 *
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#actions">Delta protocol</a>
 */
final class ActionParser {
    private final TableFiles files;
    private final CommitBuilder commit;

    ActionParser(TableFiles files, CommitBuilder commit) {
        this.files = files;
        this.commit = commit;
    }

    /**
     * @throws IOException if the line is not one JSON object
     * @throws TableException if it is, but not an action that can be understood
     */
    void parse(byte[] bytes, int offset, int length) throws IOException {
        try (JsonParser json = LogJson.parser(bytes, offset, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(json, "not a JSON object");
            }
            boolean seen = false;
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String kind = json.currentName();
                if (json.nextToken() == JsonToken.VALUE_NULL) {
                    continue;
                }
                if (!isKnown(kind)) {
                    commit.unknown();
                    json.skipChildren();
                    continue;
                }
                if (seen) {
                    throw new TableException("Two actions on one line; the protocol allows one.");
                }
                seen = true;
                if (json.currentToken() != JsonToken.START_OBJECT) {
                    throw new TableException("Action '" + kind + "' is not an object.");
                }
                action(kind, json);
            }
            if (json.nextToken() != null) {
                throw new JsonParseException(json, "more text after the action");
            }
        }
    }

    private static boolean isKnown(String kind) {
        return switch (kind) {
            case "add",
                    "remove",
                    "metaData",
                    "protocol",
                    "commitInfo",
                    "txn",
                    "cdc",
                    "domainMetadata",
                    "checkpointMetadata",
                    "sidecar" -> true;
            default -> false;
        };
    }

    private void action(String kind, JsonParser json) throws IOException {
        switch (kind) {
            case "add" -> add(json);
            case "remove" -> remove(json);
            case "metaData" -> metadata(json);
            case "protocol" -> protocol(json);
            case "commitInfo" -> info(json);
            default -> {
                // Change data files hold rows of the change, not of the table.
                commit.ignored();
                json.skipChildren();
            }
        }
    }

    private void add(JsonParser json) throws IOException {
        String path = null;
        Optional<DeletionVector> deletionVector = Optional.empty();
        Map<String, String> partitionValues = Map.of();
        long size = -1;
        String stats = null;
        boolean dataChange = true;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "path" -> path = LogJson.text(json);
                case "deletionVector" -> deletionVector = deletionVector(json);
                case "partitionValues" -> partitionValues = LogJson.map(json);
                case "size" -> size = LogJson.integer(json);
                case "stats" -> stats = LogJson.text(json);
                case "dataChange" -> dataChange = isNotFalse(json);
                default -> json.skipChildren();
            }
        }
        String inside;
        try {
            inside = files.relative(required("add", path));
        } catch (PathOutsideTableException e) {
            throw new TableException(e.getMessage(), e);
        }
        if (size < 0) {
            throw new TableException("The add of '" + inside + "' has no valid size.");
        }
        commit.add(new DataFile(inside, deletionVector, partitionValues, size, Optional.ofNullable(stats)));
        if (dataChange) {
            commit.changesData();
        }
    }

    /** A claim about the commit and no part of it: whatever is odd about it is passed over. */
    private static boolean isNotFalse(JsonParser json) throws IOException {
        boolean notFalse = json.currentToken() != JsonToken.VALUE_FALSE;
        json.skipChildren();
        return notFalse;
    }

    private void remove(JsonParser json) throws IOException {
        String path = null;
        Optional<DeletionVector> deletionVector = Optional.empty();
        boolean dataChange = true;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "path" -> path = LogJson.text(json);
                case "deletionVector" -> deletionVector = deletionVector(json);
                case "dataChange" -> dataChange = isNotFalse(json);
                default -> json.skipChildren();
            }
        }
        Optional<String> inside = relativeIfInside(path);
        if (inside.isPresent()) {
            commit.remove(new FileId(inside.get(), deletionVector.map(DeletionVector::uniqueId)));
        } else {
            // No such file is ever counted, as adding it is refused: so taking it away changes nothing.
            commit.ignored();
        }
        if (dataChange) {
            commit.changesData();
        }
    }

    private Optional<String> relativeIfInside(String path) {
        try {
            return Optional.of(files.relative(required("remove", path)));
        } catch (PathOutsideTableException e) {
            return Optional.empty();
        }
    }

    private static String required(String kind, String path) {
        if (path == null || path.isEmpty()) {
            throw new TableException("An action of kind '" + kind + "' has no path.");
        }
        return path;
    }

    private static Optional<DeletionVector> deletionVector(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return Optional.empty();
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new TableException("A deletion vector is not an object.");
        }
        String storageType = null;
        String place = null;
        Optional<Integer> offset = Optional.empty();
        int sizeInBytes = -1;
        long cardinality = -1;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "storageType" -> storageType = LogJson.text(json);
                case "pathOrInlineDv" -> place = LogJson.text(json);
                case "offset" ->
                    offset = value == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(intValue(json));
                case "sizeInBytes" -> sizeInBytes = intValue(json);
                case "cardinality" -> cardinality = LogJson.integer(json);
                default -> json.skipChildren();
            }
        }
        if (storageType == null || place == null || sizeInBytes < 0 || cardinality < 0) {
            throw new TableException("A deletion vector lacks its storage type, place, size or cardinality.");
        }
        return Optional.of(new DeletionVector(storageType, place, offset, sizeInBytes, cardinality));
    }

    private static int intValue(JsonParser json) throws IOException {
        long value = LogJson.integer(json);
        if (value != (int) value) {
            throw new TableException("'" + json.currentName() + "' is too large: " + value + ".");
        }
        return (int) value;
    }

    private void metadata(JsonParser json) throws IOException {
        String id = null;
        String schema = null;
        List<String> partitionColumns = List.of();
        Map<String, String> configuration = Map.of();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "id" -> id = LogJson.text(json);
                case "schemaString" -> schema = LogJson.text(json);
                case "partitionColumns" -> partitionColumns = texts(json);
                case "configuration" -> configuration = LogJson.mapWithoutNulls(json);
                case "format" -> requireParquet(LogJson.mapWithoutNulls(json));
                default -> json.skipChildren();
            }
        }
        if (id == null || schema == null) {
            throw new TableException("The metaData action has no " + (id == null ? "id." : "schemaString."));
        }
        commit.metadata(TableMetadata.parse(id, schema, partitionColumns, configuration));
    }

    private static void requireParquet(Map<String, String> format) {
        String provider = format.getOrDefault("provider", "parquet");
        if (!"parquet".equalsIgnoreCase(provider)) {
            throw new TableException("Data files of format '" + provider + "' are not supported. Supported: parquet.");
        }
    }

    private void protocol(JsonParser json) throws IOException {
        int minReaderVersion = -1;
        List<String> features = List.of();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "minReaderVersion" -> minReaderVersion = intValue(json);
                case "readerFeatures" -> features = texts(json);
                default -> json.skipChildren();
            }
        }
        if (minReaderVersion < 1) {
            throw new TableException("The protocol action has no valid minReaderVersion.");
        }
        commit.protocol(new TableProtocol(minReaderVersion, new HashSet<>(features)));
    }

    private static List<String> texts(JsonParser json) throws IOException {
        List<String> texts = new ArrayList<>();
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return texts;
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new TableException("'" + json.currentName() + "' is not an array.");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw new TableException("An entry of an array of names is not text.");
            }
            LogJson.requireFew(texts.size());
            texts.add(json.getText());
        }
        return texts;
    }

    /** Trusted for nothing, so whatever is odd about it is passed over. */
    private void info(JsonParser json) throws IOException {
        String operation = null;
        String engine = null;
        Map<String, String> metrics = Map.of();
        Optional<Instant> timestamp = Optional.empty();
        boolean blindAppend = false;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (field.equals("operation") && value == JsonToken.VALUE_STRING) {
                operation = json.getText();
            } else if (field.equals("engineInfo") && value == JsonToken.VALUE_STRING) {
                engine = json.getText();
            } else if (field.equals("operationMetrics") && value == JsonToken.START_OBJECT) {
                metrics = LogJson.mapWithoutNulls(json);
            } else if (field.equals("inCommitTimestamp") && value == JsonToken.VALUE_NUMBER_INT) {
                timestamp = instant(json);
            } else if (field.equals("isBlindAppend")) {
                blindAppend = value == JsonToken.VALUE_TRUE;
                json.skipChildren();
            } else {
                json.skipChildren();
            }
        }
        CommitInfo said = new CommitInfo(Optional.ofNullable(operation), Optional.ofNullable(engine), metrics);
        commit.info(said, timestamp, blindAppend);
    }

    private static Optional<Instant> instant(JsonParser json) throws IOException {
        try {
            return json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    ? Optional.empty()
                    : Optional.of(Instant.ofEpochMilli(json.getLongValue()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
