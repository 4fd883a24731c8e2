package io.tidemark.ingest.log;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One logical file, as an add action or a snapshot describes it.
 *
 * @param path relative to the table's root, decoded exactly once
 * @param deletionVector rows of the file that are not rows of the table
 * @param partitionValues by <em>physical</em> column name, serialized as the protocol says; a null value is null;
 *     unmodifiable
 * @param size in bytes
 * @param stats per-file statistics as JSON, not parsed; a hint by the writer, never trusted for counts
 */
public record DataFile(
        String path,
        Optional<DeletionVector> deletionVector,
        Map<String, String> partitionValues,
        long size,
        Optional<String> stats) {
    public DataFile {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(deletionVector, "deletionVector");
        Objects.requireNonNull(stats, "stats");
        // HashMap and not Map.copyOf: a partition value may be null.
        partitionValues = Collections.unmodifiableMap(new HashMap<>(partitionValues));
    }

    /**
     * Rows of the file as the writer states them, deleted ones among them; empty if it does not, or in a way that cannot be
     * understood.
     */
    public OptionalLong statedRows() {
        return stats.map(StatedRows::in).orElse(OptionalLong.empty());
    }

    public FileId id() {
        return new FileId(path, deletionVector.map(DeletionVector::uniqueId));
    }
}
