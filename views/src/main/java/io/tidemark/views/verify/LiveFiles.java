package io.tidemark.views.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.DeletionVector;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.log.TableMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * A table's state while its log is replayed: what the last of each action said.
 *
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#action-reconciliation">Delta protocol</a>
 */
final class LiveFiles {
    /** Reader features that change nothing in the log, or what this class and its readers heed. */
    private static final Set<String> HEEDED = Set.of(
            "columnMapping",
            "deletionVectors",
            "timestampNtz",
            "typeWidening",
            "typeWidening-preview",
            "v2Checkpoint",
            "vacuumProtocolCheck");

    private final Path root;
    /** With paths as the log has them: only of files that are live in the end it matters where they lie. */
    private final Map<Key, DataFile> live = new LinkedHashMap<>();

    private JsonNode metaData;
    private JsonNode protocol;

    /** The same path with another deletion vector is another file. */
    private record Key(String path, String deletionVector) {}

    LiveFiles(Path root) {
        this.root = root;
    }

    /** @param action one line of a commit, or one row of a checkpoint */
    void take(JsonNode action) {
        if (action.hasNonNull("add")) {
            add(action.get("add"));
        } else if (action.hasNonNull("remove")) {
            live.remove(key(action.get("remove")));
        } else if (action.hasNonNull("metaData")) {
            metaData = action.get("metaData");
        } else if (action.hasNonNull("protocol")) {
            protocol = action.get("protocol");
        }
    }

    private void add(JsonNode add) {
        Map<String, String> partition = new HashMap<>();
        add.path("partitionValues")
                .fields()
                .forEachRemaining(value -> partition.put(
                        value.getKey(),
                        value.getValue().isNull() ? null : value.getValue().asText()));
        live.put(
                key(add),
                new DataFile(
                        path(add),
                        deletionVector(add.path("deletionVector")),
                        partition,
                        add.path("size").asLong(),
                        Optional.empty()));
    }

    private static String path(JsonNode action) {
        if (!action.path("path").isTextual()) {
            throw new TableException("The log has an action that names no file.");
        }
        return action.get("path").asText();
    }

    private Key key(JsonNode action) {
        return new Key(
                LoggedPath.comparable(root, path(action)),
                deletionVector(action.path("deletionVector"))
                        .map(DeletionVector::uniqueId)
                        .orElse(""));
    }

    private static Optional<DeletionVector> deletionVector(JsonNode vector) {
        return vector.hasNonNull("storageType")
                ? Optional.of(new DeletionVector(
                        vector.get("storageType").asText(),
                        vector.path("pathOrInlineDv").asText(),
                        vector.hasNonNull("offset")
                                ? Optional.of(vector.get("offset").asInt())
                                : Optional.empty(),
                        vector.path("sizeInBytes").asInt(),
                        vector.path("cardinality").asLong()))
                : Optional.empty();
    }

    /** @throws TableException if the table needs a reader feature that is not heeded, or the log does not describe it */
    Listing listing(String reader, long version) {
        if (metaData == null || protocol == null) {
            throw new TableException("The log has no metadata or no protocol up to version " + version + ".");
        }
        List<String> unknown = new ArrayList<>();
        protocol.path("readerFeatures").forEach(feature -> {
            if (!HEEDED.contains(feature.asText())) {
                unknown.add(feature.asText());
            }
        });
        if (protocol.path("minReaderVersion").asInt() > 3) {
            unknown.add("reader version " + protocol.path("minReaderVersion").asInt());
        }
        if (!unknown.isEmpty()) {
            throw new TableException("The recount does not know " + unknown + ".");
        }
        TableMetadata metadata = LoggedSchema.of(metaData);
        return new Listing(
                reader,
                version,
                metadata,
                live.values().stream().map(this::inside).toList());
    }

    private DataFile inside(DataFile file) {
        return new DataFile(
                LoggedPath.decoded(root, file.path()),
                file.deletionVector(),
                file.partitionValues(),
                file.size(),
                Optional.empty());
    }
}
